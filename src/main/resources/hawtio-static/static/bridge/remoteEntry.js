/*
 * The entry of the tab "Bridge". Hawtio loads this script, gives it the libraries that it shares, and asks for the
 * module "./plugin". No bundler: the scripts beside this one are loaded one after the other, and share bridgeTab.
 */
;(function () {
  'use strict'

  const folder = document.currentScript.src.replace(/[^/]*$/, '')
  const scripts = [
    'words.js',
    'incidents.js',
    'api.js',
    'kit.js',
    'rows.js',
    'list.js',
    'question.js',
    'acts.js',
    'overview.js',
    'flow.js',
    'charts.js',
    'events.js',
    'actions.js',
    'deadletter-acts.js',
    'deadletters.js',
    'trace.js',
    'subscriber-acts.js',
    'create-subscriber.js',
    'subscribers.js',
    'replays.js',
    'operation.js',
    'routes.js',
    'tab.js',
  ]
  const tab = (window.bridgeTab = { lib: {}, pages: {} })
  let scope

  // The newest version of a library that the console shares.
  async function shared(name) {
    const versions = scope[name]
    if (!versions) {
      throw new Error('The console does not share ' + name)
    }
    const newest = Object.keys(versions)
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .pop()
    return (await versions[newest].get())()
  }

  function load(element) {
    return new Promise((done, failed) => {
      element.onload = done
      element.onerror = () => failed(new Error('The console cannot load ' + (element.src || element.href)))
      document.head.appendChild(element)
    })
  }

  window.bridgePlugin = {
    init(given) {
      scope = given
    },
    async get() {
      const [react, hawtio, core, table, router] = await Promise.all(
        [
          'react',
          '@hawtio/react',
          '@patternfly/react-core',
          '@patternfly/react-table',
          'react-router-dom',
        ].map(shared),
      )
      tab.lib = { react, hawtio, core, table, router }
      for (const name of ['bridge.css', 'pictures.css']) {
        await load(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: folder + name }))
      }
      for (const name of scripts) {
        await load(Object.assign(document.createElement('script'), { src: folder + name }))
      }
      return () => ({ plugin: tab.plugin })
    },
  }
})()
