/* Replays: stored events, delivered again. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment } = tab.lib.react
  const pf = tab.lib.core

  tab.pages.replays = () => {
    const { data, error, loading, reload } = tab.useData('/bridge/replays?limit=50', 2)
    const rows = (data && data.replays) || []
    return h(
      tab.Page,
      {
        title: 'Replays',
        intro: 'Stored events, delivered again: after a subscriber lost data, or to a new one.',
        actions: h(Start, { done: reload }),
      },
      error && h(tab.Failure, { error, retry: reload, stale: Boolean(data) }),
      loading && h(pf.Skeleton, { height: '12rem', screenreaderText: 'Loading' }),
      data &&
        rows.length === 0 &&
        h(tab.Empty, { title: 'No replay yet' }, 'Start one: it is counted before anything is sent.'),
      rows.length > 0 &&
        h(tab.Rows, {
          label: 'Replays',
          rows,
          columns: [
            { title: 'Started', cell: row => h(tab.Time, { at: row.created_at }) },
            { title: 'Of', cell: row => words(row.filter) },
            {
              title: 'To',
              cell: row =>
                row.subscriber === null
                  ? 'all subscribers'
                  : row.subscribers.map(one => one.name || one.id).join(', '),
            },
            { title: 'State', cell: row => h(tab.State, { state: row.status }) },
            { title: 'Progress', width: 30, cell: row => h(Progress, { row }) },
            { title: 'Acts', cell: row => h('div', { className: 'bridge-acts' }, acts(row, reload)) },
          ],
          open: row =>
            h(tab.Facts, {
              facts: [
                ['By', row.who],
                ['Because', row.why],
                ['Events a second', row.rate],
                ['Delivered', tab.number(row.delivered)],
                ['Waiting or in flight', tab.number(row.open)],
                ['Dead letters', tab.number(row.dead)],
                ['Taken back', tab.number(row.cancelled)],
                ['Changed by', row.changed_by],
                ['Because', row.changed_why],
                ['Expected end', row.eta && tab.time(row.eta)],
                ['Ended', row.finished_at && tab.time(row.finished_at)],
                ['Timeline', h(tab.Correlation, { id: row.correlation_id })],
              ].map(([name, value], index) => [name + (index === 8 ? ' it was changed' : ''), value]),
            }),
        }),
    )
  }

  const words = filter =>
    Object.entries(filter)
      .map(([name, value]) =>
        name === 'events'
          ? tab.plural(value.length, 'event')
          : tab.reasonWord(name) + ' ' + (Array.isArray(value) ? value.join(', ') : value),
      )
      .join(', ')

  function Progress({ row }) {
    const share = row.total ? Math.round((row.events / row.total) * 100) : row.status === 'done' ? 100 : 0
    return h(pf.Progress, {
      value: share,
      size: 'sm',
      'aria-label': 'Progress of replay ' + row.id,
      label:
        tab.number(row.events) +
        ' of ' +
        tab.plural(row.total, 'event') +
        ', ' +
        tab.number(row.delivered) +
        ' delivered',
      valueText: share + ' %',
      variant: row.dead > 0 ? 'warning' : row.status === 'done' ? 'success' : undefined,
      measureLocation: 'top',
      title: share + ' %',
    })
  }

  function acts(row, done) {
    const act = (verb, label, text, isDanger) =>
      h(tab.Act, {
        key: verb,
        label,
        ariaLabel: label + ' replay ' + row.id,
        title: label + ' replay ' + row.id + '?',
        text,
        isDanger,
        act: tab.post('/bridge/replays/' + row.id + '/' + verb),
        done,
      })
    if (row.status === 'running') {
      return [
        act('pause', 'Pause', 'What it has queued is still sent.'),
        act('cancel', 'Cancel', 'What it has queued is taken back.', true),
      ]
    }
    if (row.status === 'paused') {
      return [
        act('resume', 'Resume', 'It goes on where it stopped.'),
        act('cancel', 'Cancel', 'What it has queued is taken back.', true),
      ]
    }
    return [h(tab.Text, { key: 'none' }, 'ended')]
  }

  function Start({ done }) {
    const subscribers = tab.useData('/bridge/subscribers', 60)
    const list = (subscribers.data && (subscribers.data.subscribers || subscribers.data)) || []
    const body = (values, dry) => {
      const given = Object.fromEntries(
        ['record', 'correlation_id'].map(name => [name, values[name].trim()]).filter(one => one[1]),
      )
      for (const name of ['since', 'until']) {
        if (values[name].trim()) {
          given[name] = tab.instant(values[name].trim())
        }
      }
      return {
        ...given,
        ...(values.subscriber ? { subscriber: Number(values.subscriber) } : {}),
        dry_run: dry,
        audience: 'bridge.replay',
        timestamp: Math.floor(tab.now() / 1000),
        ...(dry ? {} : { who: values.who || null, why: values.why }),
      }
    }
    return h(tab.Act, {
      label: 'Start a replay',
      variant: 'primary',
      title: 'Start a replay',
      text: 'Choose by record, by correlation id, or by time.',
      fields: [
        { name: 'record', label: 'Record', example: 'res.partner:42' },
        { name: 'correlation_id', label: 'Correlation id' },
        { name: 'since', label: 'Stored since', example: '2026-01-31 08:00' },
        { name: 'until', label: 'Stored until', example: '2026-01-31 18:00' },
        {
          name: 'subscriber',
          label: 'To',
          choices: [['', 'all subscribers'], ...list.map(one => [String(one.id), one.name])],
        },
      ],
      check: async values => {
        const plan = await tab.call('POST', '/bridge/replay', body(values, true))
        return (
          tab.plural(plan.selected, 'stored event') +
          ' match; ' +
          tab.plural(plan.deliveries, 'delivery', 'deliveries') +
          ' would be queued: ' +
          (plan.by_subscriber
            .filter(one => one.deliveries > 0)
            .map(one => one.name + ' ' + tab.number(one.deliveries))
            .join(', ') || 'none') +
          '.'
        )
      },
      act: values => tab.call('POST', '/bridge/replay', body(values, false)),
      done,
    })
  }
})(window.bridgeTab)
