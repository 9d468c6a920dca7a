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

  tab.csrfToken = () => {
    const found = document.cookie.split('; ').find(one => one.startsWith('XSRF-TOKEN='))
    return found ? decodeURIComponent(found.slice('XSRF-TOKEN='.length)) : ''
  }

  function explain(status, message) {
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

  /** Calls one operation; the answer's JSON, or an error whose message is for people. */
  tab.call = async (method, path, body) => {
    let answer
    try {
      answer = await fetch(root + path, {
        method,
        signal: AbortSignal.timeout(method === 'GET' ? SLOW : 2 * SLOW),
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
      throw new ApiError(answer.status, explain(answer.status, json && json.message))
    }
    return json
  }

  tab.get = path => tab.call('GET', path)

  /** A path with those parameters that have a value. */
  tab.query = (path, parameters) => {
    const given = Object.entries(parameters).filter(
      ([, value]) => value !== undefined && value !== null && value !== '',
    )
    const text = new URLSearchParams(given).toString()
    return text ? path + '?' + text : path
  }

  /**
   * What is at a path, asked for again every so many seconds. While it is asked for, and when that fails, what was
   * there stays, so that nothing jumps.
   */
  tab.useData = (path, seconds) => {
    const [seen, setSeen] = useState({ path: null, data: null, error: null })
    const current = useRef(path)
    current.current = path
    const load = useCallback(async () => {
      if (!path) {
        return
      }
      let next
      try {
        next = { path, data: await tab.get(path), error: null }
      } catch (error) {
        next = before => ({ path, data: before.path === path ? before.data : null, error })
      }
      if (current.current === path) {
        setSeen(next)
      }
    }, [path])
    useEffect(() => {
      load()
      const timer = seconds && setInterval(() => document.hidden || load(), seconds * 1000)
      return () => clearInterval(timer)
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
