/* The first page: what needs a person, the flow, and the last hour. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment } = tab.lib.react
  const pf = tab.lib.core
  const LATE_SECONDS = 60

  tab.pages.overview = () => {
    const overview = tab.useData('/bridge/overview', 5)
    const targets = tab.useData('/bridge/targets', 5)
    const refresh = () => {
      overview.reload()
      targets.reload()
    }
    const error = overview.error || targets.error
    if (!overview.data) {
      return error
        ? h(tab.Failure, { error, retry: refresh })
        : h(pf.Skeleton, { height: '24rem', screenreaderText: 'Loading' })
    }
    const list = (targets.data && targets.data.targets) || []
    return h(
      Fragment,
      null,
      error && h(tab.Failure, { error, retry: refresh }),
      h(Attention, { overview: overview.data, targets: list, refresh }),
      h(tab.Flow, { overview: overview.data, targets: list }),
      h(tab.Hour, { hour: overview.data.hour }),
      h(
        'p',
        { className: 'bridge-dim bridge-foot' },
        'Rates and charts are of this instance, ' +
          overview.data.instance +
          ', since its start; backlogs are of all instances.',
      ),
    )
  }

  function Attention({ overview, targets, refresh }) {
    const items = [
      ...ofBridge(overview, refresh),
      ...targets.flatMap(one => ofTarget(one, refresh)),
      ...ofQueues(overview),
    ]
    return h(
      'section',
      { 'aria-labelledby': 'bridge-needs', className: 'bridge-needs' },
      h(pf.Title, { headingLevel: 'h2', size: 'lg', id: 'bridge-needs' }, 'What needs you'),
      items.length === 0
        ? h(pf.Alert, {
            variant: 'success',
            isInline: true,
            component: 'p',
            title: 'Nothing. Everything runs, and nothing has failed for good.',
          })
        : h(
            'div',
            { className: 'bridge-items' },
            items.map(item =>
              h(
                pf.Alert,
                {
                  key: item.title,
                  variant: item.variant || 'warning',
                  isInline: true,
                  component: 'p',
                  title: item.title,
                  actionLinks: item.act && h('span', { className: 'bridge-acts' }, item.act),
                },
                item.text,
              ),
            ),
          ),
    )
  }

  const go = (page, words, params) =>
    h(tab.To, { page, params, className: 'pf-v6-c-button pf-m-link pf-m-inline' }, words)

  function ofBridge(overview, refresh) {
    const items = []
    const actions = overview.queues['odoo-actions']
    if (actions.due === null) {
      items.push({
        variant: 'danger',
        title: 'The database does not answer',
        text: 'Events are answered 503, and Odoo sends them again. Look at the database and at the network to it.',
      })
    }
    if (overview.pairing.stops) {
      items.push({
        variant: 'danger',
        title: 'Odoo and this database do not belong together',
        text: overview.pairing.message,
        act: go('pairing', 'Look at the pairing'),
      })
    }
    if (overview.routes.findings.length > 0) {
      items.push({
        title: 'The last edit of the routes is refused',
        text: 'What ran before goes on. ' + overview.routes.findings[0],
        act: go('routes', 'See why'),
      })
    }
    if (actions.held > 0) {
      items.push({
        title: tab.plural(actions.held, 'action') + ' from before the bridge was installed',
        text: 'Nothing ever read them, and they may be months old. Look at them before they are sent.',
        act: h(Fragment, null, go('actions', 'Look at them', { status: 'queued' }), h(Held, { refresh })),
      })
    }
    return items
  }

  function Held({ refresh }) {
    const all = (operation, words) =>
      h(tab.Act, {
        label: words,
        title: words + '?',
        isDanger: operation === 'discardHeld',
        text: 'This is for all of them.',
        act: ({ who }) =>
          tab.execute('bridge:type=Outbox', operation + '(long,java.lang.String)', 0, who || 'operator'),
        done: refresh,
      })
    return h(Fragment, null, all('releaseHeld', 'Send them'), all('discardHeld', 'Discard them'))
  }

  function ofTarget(one, refresh) {
    const name = tab.targetWord(one)
    const items = []
    if (one.state !== 'running') {
      items.push({
        title: name + ' is ' + one.state + (one.open > 0 ? ', and ' + tab.upTo(one.open) + ' wait' : ''),
        text:
          'Since ' +
          tab.time(one.since) +
          ', by ' +
          (one.changed_by || 'the bridge') +
          (one.reason ? ': ' + one.reason : '') +
          '.',
        act: h(tab.PauseOrResume, { target: one.target, name, state: one.state, done: refresh }),
      })
    } else if (one.waiting) {
      items.push({
        title: name + ' does not work, so nothing is sent to it',
        text:
          one.waiting.error +
          '. Since ' +
          tab.time(one.waiting.since) +
          '. It is tried again by itself; nothing is lost, ' +
          'and no attempt counts.',
        act:
          one.target === 'odoo'
            ? go('actions', 'What waits', { status: 'queued' })
            : go('subscribers', 'Look at it'),
      })
    }
    if (one.dead > 0) {
      items.push({
        title: tab.upTo(one.dead) + (one.dead === 1 ? ' dead letter of ' : ' dead letters of ') + name,
        text: 'They failed for good. Correct the cause, then send them again; or discard them.',
        act: go('deadletters', 'Decide', { target: one.target }),
      })
    }
    return items
  }

  function ofQueues(overview) {
    const late = (queue, words) => {
      const seconds = overview.queues[queue].oldest_due_seconds
      return seconds > LATE_SECONDS
        ? [
            {
              title: 'The oldest of the ' + words + ' has waited ' + tab.duration(seconds * 1000),
              variant: 'info',
              text: 'A target is slow or stopped, or more comes in than goes out.',
            },
          ]
        : []
    }
    const last = overview.hour.refused.reduce((sum, n) => sum + n, 0)
    return [
      ...late('odoo-actions', 'actions'),
      ...late('event-deliveries', 'deliveries'),
      ...(last > 0
        ? [
            {
              variant: 'info',
              title: tab.plural(last, 'request') + ' refused in the last hour',
              text: 'Each sender was told why.',
              act: go('refusals', 'See who and why'),
            },
          ]
        : []),
    ]
  }
})(window.bridgeTab)
