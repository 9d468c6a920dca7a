/* Dead letters: what failed for good and waits for a person. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment } = tab.lib.react
  const pf = tab.lib.core
  const letters = '/bridge/dead-letters'
  const queues = [
    ['', 'Both'],
    ['odoo-actions', 'Actions to Odoo'],
    ['event-deliveries', 'Events to subscribers'],
  ]
  const states = [
    ['', 'Open'],
    ['requeued', 'Sent again'],
    ['discarded', 'Discarded'],
    ['all', 'All'],
  ]

  const columns = [
    { title: 'When', cell: row => h(tab.Time, { at: row.created_at }) },
    { title: 'What', cell: row => row.action || row.event_type },
    { title: 'To', cell: row => tab.targetWord(row) },
    { title: 'Reason', cell: row => tab.reasonWord(row.reason) },
    {
      title: 'Error',
      cell: row => h('span', { className: 'bridge-short', title: row.error }, row.error || '–'),
    },
    { title: 'State', cell: row => h(tab.State, { state: row.resolution }) },
    { title: 'Timeline', cell: row => h(tab.Correlation, { id: row.correlation_id }) },
  ]

  /** These choices, and the one of the address if it is none of them. */
  const withOther = (choices, value) =>
    value && !choices.some(one => one[0] === value) ? [...choices, [value, value]] : choices

  tab.pages.deadletters = () => {
    const [filters, setFilters] = tab.useFilters([
      'queue',
      'target',
      'reason',
      'resolution',
      'correlation_id',
      'id',
    ])
    const targets = tab.useData('/bridge/targets', 30)
    const names = ((targets.data && targets.data.targets) || []).map(one => [one.target, tab.targetWord(one)])
    if (filters.id) {
      return h(One, { id: filters.id })
    }
    return h(
      tab.Page,
      {
        title: 'Dead letters',
        intro: 'What failed for good. Correct the cause; then send it again, or discard it.',
      },
      h(tab.Filters, {
        filters,
        onSearch: setFilters,
        fields: [
          { name: 'queue', label: 'Queue', choices: queues },
          {
            name: 'target',
            label: 'To',
            choices: [['', 'Anyone'], ...withOther(names, filters.target)],
          },
          {
            name: 'reason',
            label: 'Reason',
            choices: [
              ['', 'Any'],
              ...withOther(
                tab.deadReasons.map(one => [one, tab.reasonWord(one)]),
                filters.reason,
              ),
            ],
          },
          { name: 'resolution', label: 'State', choices: states },
          { name: 'correlation_id', label: 'Correlation id' },
        ],
      }),
      h(tab.List, {
        path: letters,
        field: 'dead_letters',
        label: 'Dead letters',
        parameters: filters,
        empty: ['No dead letter', 'Nothing that matches has failed for good.'],
        canChoose: row => row.resolution === 'open',
        nameOf: row => 'dead letter ' + row.id,
        acts: (chosen, done) => h(Acts, { chosen, filters, done }),
        columns,
        open: row => h(Detail, { id: row.id }),
      }),
    )
  }

  /** One letter, with all there is about it. */
  function One({ id }) {
    const { data, error, loading, reload } = tab.useData(letters + '/' + encodeURIComponent(id), 10)
    const open = data && data.resolution === 'open'
    return h(
      tab.Page,
      { title: 'Dead letter ' + id, intro: h(tab.To, { page: 'deadletters' }, 'All dead letters') },
      error && h(tab.Failure, { error, retry: reload, stale: Boolean(data) }),
      loading && h(pf.Skeleton, { height: '12rem', screenreaderText: 'Loading' }),
      data &&
        h(
          'div',
          { className: 'bridge-bar' },
          h(tab.ActsOfLetters, { chosen: open ? [data] : [], done: reload }),
        ),
      data &&
        h(tab.Rows, {
          label: 'Dead letter ' + id,
          rows: [data],
          first: data.id,
          columns,
          open: row => h(Facts, { data: row }),
        }),
    )
  }

  function Acts({ chosen, filters, done }) {
    return h(
      Fragment,
      null,
      h(tab.ActsOfLetters, { chosen, done }),
      h(
        tab.Text,
        null,
        chosen.length === 0
          ? 'Choose some, or take all that match:'
          : tab.plural(chosen.length, 'dead letter') + ' chosen. Or take all that match:',
      ),
      h(tab.ActOnAllLetters, { verb: 'requeue', words: 'Send all again', filters, done }),
      h(tab.ActOnAllLetters, { verb: 'discard', words: 'Discard all', filters, done }),
    )
  }

  function Detail({ id }) {
    const { data, error, reload } = tab.useData(letters + '/' + id)
    if (!data) {
      return error
        ? h(tab.Failure, { error, retry: reload })
        : h(pf.Skeleton, { height: '6rem', screenreaderText: 'Loading' })
    }
    return h(Facts, { data })
  }

  function Facts({ data }) {
    const me = tab.useMe()
    return h(
      'div',
      { className: 'bridge-detail' },
      h(
        'div',
        null,
        h('h3', null, 'Why it failed'),
        h(tab.Facts, {
          facts: [
            ['Error', data.error],
            [
              'Whose fault',
              data.fault === 'bridge'
                ? 'Ours: a broken route, an address that may not be called, or no time left'
                : 'The other side’s',
            ],
            ['Last failure', data.failure && tab.reasonWord(data.failure)],
            ['Status', data.response_status],
            ['Attempts', data.attempts],
            ['Per-record order', data.ordering_key || 'unordered'],
            ['Event', data.event_id],
            ['Decided by', data.resolved_by],
            ['Because', data.resolved_why],
            ['Decided at', data.resolved_at && tab.time(data.resolved_at)],
          ],
        }),
        data.response_body &&
          h(Fragment, null, h('h3', null, 'The answer'), h(tab.Json, { value: data.response_body })),
      ),
      h(
        'div',
        null,
        h('h3', null, 'Contents'),
        data.payload_error
          ? h(tab.Text, null, data.payload_error)
          : h(tab.Json, { value: data.payload, hidden: !me.operator }),
      ),
    )
  }
})(window.bridgeTab)
