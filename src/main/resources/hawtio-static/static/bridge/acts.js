/* Acts that several pages have, and what became of them. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment } = tab.lib.react
  const pf = tab.lib.core

  /** Posts who and why, and what else the act needs. */
  tab.post =
    (path, more) =>
    ({ who, why }) =>
      tab.call('POST', path, { who: who || null, why, ...more })

  /** Pause or resume Odoo or a subscriber. */
  tab.PauseOrResume = ({ target, name, state, done }) =>
    state === 'running'
      ? h(tab.Act, {
          label: name === 'Odoo' ? 'Pause Odoo' : 'Pause',
          ariaLabel: 'Pause ' + name,
          title: 'Pause ' + name + '?',
          text:
            'Nothing is sent to ' +
            name +
            ' until somebody resumes it. What is queued, and what comes, waits.',
          act: tab.post('/bridge/targets/' + encodeURIComponent(target) + '/pause'),
          done,
        })
      : h(tab.Act, {
          label: name === 'Odoo' ? 'Resume Odoo' : 'Resume',
          ariaLabel: 'Resume ' + name,
          variant: 'primary',
          title: 'Resume ' + name + '?',
          text: 'What waits is sent now, in order for each record.',
          act: tab.post('/bridge/targets/' + encodeURIComponent(target) + '/resume'),
          done,
        })

  /** One act for each of several rows, one after the other. */
  tab.each = async (rows, work) => {
    const failed = []
    for (const row of rows) {
      try {
        await work(row)
      } catch (error) {
        failed.push(row.id + ': ' + error.message)
      }
    }
    return { done: rows.length - failed.length, failed }
  }

  tab.EachResult = ({ result, verb }) =>
    h(
      Fragment,
      null,
      h('p', null, tab.number(result.done) + ' ' + verb + '.'),
      result.failed.length > 0 &&
        h(
          pf.Alert,
          {
            variant: 'warning',
            isInline: true,
            component: 'p',
            title: tab.number(result.failed.length) + ' could not be:',
          },
          h(
            'ul',
            null,
            result.failed.map(text => h('li', { key: text }, text)),
          ),
        ),
    )
})(window.bridgeTab)
