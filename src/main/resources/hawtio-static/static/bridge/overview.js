/* The first page: what needs a person, the flow, and the last hour. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment } = tab.lib.react
  const pf = tab.lib.core

  tab.pages.overview = () => {
    const overview = tab.useData('/bridge/overview', 5)
    const targets = tab.useData('/bridge/targets', 5)
    const incidents = tab.useData('/bridge/incidents', 5)
    const replicas = tab.useData('/bridge/replicas', 5)
    const refresh = () => {
      overview.reload()
      targets.reload()
      incidents.reload()
      replicas.reload()
    }
    const error = overview.error || targets.error || incidents.error || replicas.error
    if (!overview.data) {
      return error
        ? h(tab.Failure, { error, retry: refresh })
        : h(pf.Skeleton, { height: '24rem', screenreaderText: 'Loading' })
    }
    const list = (targets.data && targets.data.targets) || []
    return h(
      Fragment,
      null,
      error && h(tab.Failure, { error, retry: refresh, stale: true }),
      h(Attention, {
        overview: overview.data,
        targets: list,
        incidents: incidents.data && incidents.data.incidents,
        refresh,
      }),
      h(tab.Flow, { overview: overview.data, targets: list }),
      h(tab.Hour, { hour: overview.data.hour, at: overview.data.at }),
      replicas.data && replicas.data.replicas.length > 1 && h(Replicas, { replicas: replicas.data.replicas }),
      h(
        'p',
        { className: 'bridge-dim bridge-foot' },
        'Rates and charts are of this instance, ' +
          overview.data.instance +
          ', since its start; backlogs are of all instances.',
      ),
    )
  }

  function Replicas({ replicas }) {
    const sum = (row, what) => Object.values(row.queues).reduce((all, queue) => all + queue[what], 0)
    return h(
      'section',
      { 'aria-labelledby': 'bridge-replicas' },
      h(pf.Title, { headingLevel: 'h2', size: 'lg', id: 'bridge-replicas' }, 'Replicas'),
      h(tab.Rows, {
        label: 'Replicas',
        rows: replicas,
        keyOf: row => row.name,
        columns: [
          { title: 'Name', cell: row => row.name },
          {
            title: 'State',
            cell: row => (row.present ? 'runs' : 'gone, last seen ' + tab.time(row.seen_at)),
          },
          { title: 'Version', cell: row => row.version },
          { title: 'Routes', cell: row => row.routes },
          { title: 'Since', cell: row => h(tab.Time, { at: row.started_at }) },
          { title: 'In flight', cell: row => tab.number(sum(row, 'in_flight')) },
          { title: 'Leased', cell: row => tab.number(sum(row, 'held')) },
        ],
      }),
    )
  }

  function Attention({ overview, targets, incidents, refresh }) {
    const items = [
      ...ofDatabase(overview),
      ...(incidents || []).map(one => ofIncident(one, targets, refresh)),
      ...ofRefusals(overview),
    ]
    return h(
      'section',
      { 'aria-labelledby': 'bridge-needs', className: 'bridge-needs' },
      h(pf.Title, { headingLevel: 'h2', size: 'lg', id: 'bridge-needs' }, 'What needs you'),
      items.length === 0
        ? incidents &&
            h(pf.Alert, {
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
                  key: item.key || item.title,
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

  /** It cannot be an incident: those are in the database. */
  function ofDatabase(overview) {
    return overview.queues['odoo-actions'].due === null
      ? [
          {
            variant: 'danger',
            title: 'The database does not answer',
            text: 'Events are answered 503, and Odoo sends them again. Look at the database and at the network to it.',
          },
        ]
      : []
  }

  const grave = ['pairing', 'disk_full', 'heartbeat_absent', 'partitions_few']

  function ofIncident(one, targets, refresh) {
    const target = targets.find(other => other.target === one.subject)
    const states = {
      pending: ', not reported yet',
      ending: ', seems to be over',
      open: '',
    }
    return {
      key: one.id,
      variant: one.state !== 'open' ? 'info' : grave.includes(one.kind) ? 'danger' : 'warning',
      title: (target ? tab.targetWord(target) : one.name) + ': ' + one.found,
      text: tab.incidentText(one) + ' Since ' + tab.time(one.since) + states[one.state] + '.',
      act: act(one, target, refresh),
    }
  }

  function act(one, target, refresh) {
    const link = tab.incidentLink(one)
    if (one.kind === 'actions_held') {
      return h(Fragment, null, go(...link), h(Held, { refresh }))
    }
    if (one.kind !== 'dead_letters' && target && target.state !== 'running') {
      return h(tab.PauseOrResume, {
        target: target.target,
        name: tab.targetWord(target),
        state: target.state,
        done: refresh,
      })
    }
    return link && go(...link)
  }

  function Held({ refresh }) {
    const all = (verb, words) =>
      h(tab.Act, {
        label: words,
        title: words + '?',
        isDanger: verb === 'discard',
        text: 'This is for all of them.',
        act: tab.post('/bridge/actions/held/' + verb, { dry_run: false }),
        done: refresh,
      })
    return h(Fragment, null, all('release', 'Send them'), all('discard', 'Discard them'))
  }

  function ofRefusals(overview) {
    const last = overview.hour.refused.reduce((sum, n) => sum + n, 0)
    return last > 0
      ? [
          {
            variant: 'info',
            title: tab.plural(last, 'request') + ' refused in the last hour',
            text: 'Each sender was told why.',
            act: go('refusals', 'See who and why'),
          },
        ]
      : []
  }
})(window.bridgeTab)
