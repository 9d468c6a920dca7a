/* Events, and everything about one record. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment } = tab.lib.react
  const pf = tab.lib.core
  const sources = [
    ['', 'Everywhere'],
    ['odoo', 'Odoo'],
    ['supabase', 'Supabase'],
    ['bridge', 'The bridge'],
  ]

  /** The record of an event: its type's first words are the model. */
  const model = event => event.event_type.split('.').slice(0, -1).join('.')

  tab.pages.events = () => {
    const [filters, setFilters] = tab.useFilters([
      'event_type',
      'record',
      'correlation_id',
      'source',
      'since',
      'until',
    ])
    return h(
      tab.Page,
      { title: 'Events', intro: 'What happened, and who was told.' },
      h(tab.Filters, {
        filters,
        onSearch: setFilters,
        fields: [
          { name: 'event_type', label: 'Type', example: 'res.partner.*' },
          { name: 'record', label: 'Record', example: 'res.partner:42' },
          { name: 'correlation_id', label: 'Correlation id' },
          { name: 'source', label: 'From', choices: sources },
          { name: 'since', label: 'Since', example: '2026-01-31 08:00' },
          { name: 'until', label: 'Until', example: '2026-01-31 18:00' },
        ],
      }),
      h(tab.List, {
        path: '/bridge/events',
        field: 'events',
        label: 'Events',
        parameters: { ...filters, since: tab.instant(filters.since), until: tab.instant(filters.until) },
        empty: [
          'No event',
          'Nothing matches. Clear a filter, or wait: new events appear here by themselves.',
        ],
        columns: [
          { title: 'When', cell: row => h(tab.Time, { at: row.created_at }) },
          { title: 'Type', cell: row => row.event_type },
          {
            title: 'Record',
            cell: row => h(tab.Record, { model: row.source !== 'bridge' && model(row), id: row.resource_id }),
          },
          { title: 'From', cell: row => (sources.find(one => one[0] === row.source) || [, row.source])[1] },
          { title: 'Timeline', cell: row => h(tab.Correlation, { id: row.correlation_id }) },
        ],
        open: row => h(EventDetail, { event: row }),
      }),
    )
  }

  function EventDetail({ event }) {
    const me = tab.useMe()
    const { data, error, reload } = tab.useData('/bridge/events/' + event.id + '/deliveries', 10)
    return h(
      'div',
      { className: 'bridge-detail' },
      h(
        'div',
        null,
        h('h3', null, 'Who was told, and why'),
        error && h(tab.Failure, { error, retry: reload, stale: Boolean(data) }),
        !data && !error && h(pf.Skeleton, { height: '4rem', screenreaderText: 'Loading' }),
        data && data.answers.length === 0 && h(tab.Text, null, 'There is no subscriber.'),
        data &&
          h(
            'ul',
            { className: 'bridge-plain' },
            data.answers.map((answer, index) => h('li', { key: index }, h(Answer, { answer }))),
          ),
      ),
      h(
        'div',
        null,
        h('h3', null, 'The event'),
        h(tab.Facts, {
          facts: [
            ['Id', event.id],
            ['Happened at', tab.time(event.occurred_at)],
            ['Stored at', tab.time(event.created_at)],
            ['Correlation id', h(tab.Correlation, { id: event.correlation_id })],
          ],
        }),
        h('h3', null, 'Contents'),
        h(tab.Json, { value: event.payload, hidden: !me.operator }),
      ),
    )
  }

  function Answer({ answer }) {
    return h(
      Fragment,
      null,
      h('strong', null, answer.subscriber || answer.target || 'Nobody'),
      ' ',
      h(tab.State, { state: answer.state }),
      ' ',
      answer.why,
      answer.attempts > 1 && h(tab.Text, null, ' After ' + answer.attempts + ' attempts.'),
      answer.last_error && h(tab.Text, null, ' Last answer: ' + answer.last_error),
      answer.next_attempt_at && h(tab.Text, null, ' Next attempt: ' + tab.time(answer.next_attempt_at) + '.'),
      answer.dead_letter_id &&
        h(
          Fragment,
          null,
          ' ',
          h(
            tab.To,
            { page: 'deadletters', params: { id: answer.dead_letter_id } },
            'Dead letter ' + answer.dead_letter_id,
          ),
        ),
      (answer.replays || []).map((replay, index) =>
        h(
          'div',
          { key: index, className: 'bridge-indent' },
          'In replay ' + replay.replay_id + ': ',
          h(tab.State, { state: replay.state }),
          ' ',
          replay.why,
        ),
      ),
    )
  }

  tab.pages.record = () => {
    const [filters, setFilters] = tab.useFilters(['model', 'id'])
    const asked = filters.model && filters.id
    return h(
      tab.Page,
      { title: 'Record', intro: 'Everything that happened to one record of Odoo, both ways.' },
      h(tab.Filters, {
        filters,
        onSearch: setFilters,
        label: 'Show',
        fields: [
          { name: 'model', label: 'Model', example: 'res.partner' },
          { name: 'id', label: 'Id', example: '42' },
        ],
      }),
      asked
        ? h(tab.List, {
            path:
              '/bridge/records/' + encodeURIComponent(filters.model) + '/' + encodeURIComponent(filters.id),
            parameters: {},
            field: 'entries',
            label: 'Events and actions of ' + filters.model + ' ' + filters.id,
            keyOf: entry => entry.what + entry.row.id,
            empty: [
              'Nothing is known of this record',
              'No event and no action is kept. Old ones are deleted by retention.',
            ],
            columns: [
              { title: 'When', cell: entry => h(tab.Time, { at: entry.row.created_at }) },
              {
                title: 'What',
                cell: entry =>
                  entry.what === 'event' ? '→ Event from ' + entry.row.source : '← Action to Odoo',
              },
              { title: 'Name', cell: entry => entry.row.event_type || entry.row.action },
              {
                title: 'State',
                cell: entry => h(tab.State, { state: entry.what === 'event' ? 'stored' : entry.row.status }),
              },
              { title: 'Timeline', cell: entry => h(tab.Correlation, { id: entry.row.correlation_id }) },
            ],
            open: entry =>
              entry.what === 'event'
                ? h(EventDetail, { event: entry.row })
                : h(tab.ActionDetail, { action: entry.row }),
          })
        : h(tab.Empty, { title: 'Which record?' }, 'Give a model and an id, or follow the link of an event.'),
    )
  }
})(window.bridgeTab)
