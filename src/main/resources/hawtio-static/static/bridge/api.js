/* Calls the operations of the bridge, on the port that served this page. */
;(function (tab) {
  'use strict'
  const { useCallback, useEffect, useRef, useState } = tab.lib.react

  // The console is at …/actuator/hawtio/, the operations are beside actuator.
  const root = new URL('../../', document.baseURI).pathname.replace(/\/$/, '')
  const SLOW = 30000

  class ApiError extends Error {
    constructor(status, message) {
      super(message)
      this.status = status
    }
  }

  // How far the server's clock is ahead of the browser's, in milliseconds.
  let ahead = 0

  /** The server's time, as far as it is known: durations are reckoned from the server's times. */
  tab.now = () => Date.now() + ahead

  tab.csrfToken = () => {
    const found = document.cookie.split('; ').find(one => one.startsWith('XSRF-TOKEN='))
    return found ? decodeURIComponent(found.slice('XSRF-TOKEN='.length)) : ''
  }

  function explain(status, json) {
    const message = json && (tab.refusalWord(json.code) || json.message)
    if (status === 401) {
      return 'You are not logged in any more. Load this page again to log in.'
    }
    if (status === 403 && !message) {
      return 'You may look, and not act: this needs the operator’s login.'
    }
    if (status === 503 && !message) {
      return 'The bridge cannot answer now. It will be asked again.'
    }
    return message || 'The bridge answered ' + status + ' without a message.'
  }

  /** Calls one operation; the answer's JSON, or an error whose message is for people. signal: gives it up */
  tab.call = async (method, path, body, signal) => {
    const slow = AbortSignal.timeout(method === 'GET' ? SLOW : 2 * SLOW)
    let answer
    try {
      answer = await fetch(root + path, {
        method,
        signal: signal ? AbortSignal.any([slow, signal]) : slow,
        headers: {
          Accept: 'application/json',
          'X-Requested-With': 'XMLHttpRequest',
          ...(method === 'GET'
            ? {}
            : { 'X-XSRF-TOKEN': tab.csrfToken(), 'Content-Type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
    } catch (e) {
      throw new ApiError(
        0,
        e.name === 'TimeoutError'
          ? 'The bridge did not answer in time.'
          : 'The bridge does not answer. Is it running, and is the network up?',
      )
    }
    let json = null
    try {
      json = JSON.parse(await answer.text())
    } catch {
      // an answer of a proxy, or none
    }
    if (!answer.ok || json === null) {
      throw new ApiError(answer.status, explain(answer.status, json))
    }
    if (json.at) {
      ahead = Date.parse(json.at) - Date.now()
    }
    return json
  }

  tab.get = (path, signal) => tab.call('GET', path, undefined, signal)

  /** A path with those parameters that have a value. */
  tab.query = (path, parameters) => {
    const given = Object.entries(parameters).filter(
      ([, value]) => value !== undefined && value !== null && value !== '',
    )
    const text = new URLSearchParams(given).toString()
    return text ? path + '?' + text : path
  }

  /**
   * What is at a path, asked for again every so many seconds, and never twice at a time. While it is asked for, and when
   * that fails, what was there stays, so that nothing jumps. reload: asks now, and gives up what is under way, which may
   * have been read before what reload is called for.
   */
  tab.useData = (path, seconds) => {
    const [seen, setSeen] = useState({ path: null, data: null, error: null })
    const asked = useRef(null)
    const load = useCallback(async () => {
      if (!path) {
        return
      }
      asked.current?.abort()
      const mine = new AbortController()
      asked.current = mine
      let next
      try {
        next = { path, data: await tab.get(path, mine.signal), error: null }
      } catch (error) {
        next = before => ({ path, data: before.path === path ? before.data : null, error })
      }
      if (asked.current === mine) {
        asked.current = null
        setSeen(next)
      }
    }, [path])
    useEffect(() => {
      load()
      const timer = seconds && setInterval(() => document.hidden || asked.current || load(), seconds * 1000)
      return () => {
        clearInterval(timer)
        asked.current?.abort()
        asked.current = null
      }
    }, [load, seconds])
    const mine = seen.path === path
    return {
      data: mine ? seen.data : null,
      error: mine ? seen.error : null,
      loading: Boolean(path) && !mine,
      reload: load,
    }
  }

  /** Calls an operation that only the MBeans have. */
  tab.execute = (bean, operation, ...args) => tab.lib.hawtio.jolokiaService.execute(bean, operation, args)
})(window.bridgeTab)
