/* The timeline of a correlation id: from Odoo's write to the last answer, as one picture. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment } = tab.lib.react
  const pf = tab.lib.core

  tab.pages.timeline = () => {
    const [filters, setFilters] = tab.useFilters(['id'])
    const { data, error, loading, reload } = tab.useData(
      filters.id ? '/bridge/trace/' + encodeURIComponent(filters.id.trim()) : null,
      5,
    )
    return h(
      tab.Page,
      {
        title: 'Timeline',
        intro: 'What one change in Odoo, or one action, led to: in order, with durations.',
      },
      h(tab.Filters, {
        filters,
        onSearch: setFilters,
        label: 'Show',
        fields: [{ name: 'id', label: 'Correlation id' }],
      }),
      !filters.id &&
        h(
          tab.Empty,
          { title: 'Which correlation id?' },
          'Paste one from a log or an error, or follow the link of an event or action.',
        ),
      error && h(tab.Failure, { error, retry: reload, stale: Boolean(data) }),
      loading && h(pf.Skeleton, { height: '16rem', screenreaderText: 'Loading' }),
      data && h(Picture, { trace: data }),
    )
  }

  /** What is drawn of each entry: where, from when to when. */
  function steps(story) {
    const rows = []
    const ends = new Map(
      story
        .filter(one => one.what === 'dead_letter' && one.status !== 'requeued')
        .map(one => [one.row.queue + '/' + one.row.row_id, new Date(one.at).getTime()]),
    )
    for (const one of story) {
      const at = new Date(one.at).getTime()
      const row = one.row
      const end = text => (text ? new Date(text).getTime() : null)
      // What failed for good has ended with its dead letter, which has the only time; what was sent again has not.
      const over =
        ends.get((one.what === 'action' ? 'odoo-actions/' : 'event-deliveries/') + row.id) ??
        (['error', 'dead', 'cancelled', 'discarded'].includes(one.status) ? at : null)
      if (one.what === 'event') {
        const happened = row.source === 'odoo' && row.occurred_at ? end(row.occurred_at) : null
        if (happened && happened < at) {
          rows.push({
            kind: 'odoo',
            name: 'wrote ' + (row.resource_id ? 'record ' + row.resource_id : ''),
            from: happened,
            to: at,
            note: 'until the event was stored',
          })
        }
        rows.push({
          kind: 'event',
          name: row.event_type,
          from: at,
          to: at,
          state: 'stored',
          note: 'event ' + row.id,
          what: one,
        })
      } else if (one.what === 'delivery') {
        rows.push({
          kind: 'delivery',
          name: 'To ' + (row.subscriber || row.target),
          from: at,
          to: end(row.delivered_at) ?? over,
          state: one.status,
          note: row.last_error || tab.plural(row.attempts || 0, 'attempt'),
        })
      } else if (one.what === 'attempt') {
        rows.push({
          kind: 'attempt',
          name:
            'Attempt ' +
            row.attempt +
            ' at ' +
            (row.subscriber || (row.target === 'odoo' ? 'Odoo' : row.target)),
          from: at - (row.duration_ms || 0),
          to: at,
          note: [tab.reasonWord(row.class), row.response_status && 'status ' + row.response_status]
            .filter(Boolean)
            .join(', '),
        })
      } else if (one.what === 'action') {
        rows.push({
          kind: 'action',
          name: row.action,
          from: at,
          to: end(row.applied_at) ?? over,
          state: one.status,
          note: row.last_error || 'action ' + row.id,
        })
      } else {
        rows.push({
          kind: 'dead',
          name: 'for a person to decide',
          from: at,
          to: at,
          state: one.status,
          note: tab.reasonWord(row.reason),
        })
      }
    }
    return rows.sort((a, b) => a.from - b.from)
  }

  const kinds = {
    odoo: 'Odoo',
    event: 'Event',
    delivery: 'Delivery',
    attempt: 'Call',
    action: 'Action',
    dead: 'Dead letter',
  }

  function Picture({ trace }) {
    const rows = steps(trace.story)
    if (rows.length === 0) {
      return h(tab.Empty, { title: 'Nothing with this id' }, 'Old entries are deleted by retention.')
    }
    const start = Math.min(...rows.map(row => row.from))
    const open = rows.some(row => row.to === null)
    const stop = Math.max(start + 1, ...rows.map(row => row.to ?? row.from), open ? tab.now() : 0)
    const share = at => ((at - start) / (stop - start)) * 100
    return h(
      Fragment,
      null,
      trace.caused_by.length > 0 &&
        h(
          'p',
          { className: 'bridge-dim' },
          'Caused by: ',
          trace.caused_by.map((one, index) =>
            h(
              Fragment,
              { key: index },
              index > 0 && ', ',
              one.row.event_type || one.row.action || one.what,
              ' ',
              h(tab.Correlation, { id: one.row.correlation_id }),
            ),
          ),
        ),
      h(
        pf.Card,
        { className: 'bridge-card' },
        h(
          pf.CardTitle,
          { component: 'h3' },
          tab.duration(stop - start) +
            ' from ' +
            tab.time(new Date(start).toISOString()) +
            (open ? ', and not finished' : ''),
        ),
        h(
          pf.CardBody,
          null,
          h(
            'table',
            { className: 'bridge-timeline' },
            h('caption', { className: 'pf-v6-screen-reader' }, 'Steps in order'),
            h(
              'thead',
              null,
              h(
                'tr',
                null,
                ['What', 'After', 'Took', 'When'].map(word => h('th', { key: word, scope: 'col' }, word)),
              ),
            ),
            h(
              'tbody',
              null,
              rows.map((row, index) =>
                h(
                  'tr',
                  { key: index, className: 'bridge-kind-' + row.kind },
                  h(
                    'th',
                    { scope: 'row' },
                    h('span', { className: 'bridge-kind' }, kinds[row.kind]),
                    ' ',
                    row.name,
                    ' ',
                    row.state && h(tab.State, { state: row.state }),
                    h('div', { className: 'bridge-dim bridge-note' }, row.note),
                  ),
                  h('td', null, tab.duration(row.from - start)),
                  h(
                    'td',
                    null,
                    row.to === null
                      ? 'open'
                      : row.to > row.from
                        ? tab.duration(row.to - row.from)
                        : 'at once',
                  ),
                  h(
                    'td',
                    { className: 'bridge-track' },
                    h('div', {
                      className: 'bridge-span' + (row.to === null ? ' bridge-open' : ''),
                      style: {
                        left: 'min(' + share(row.from) + '%, 100% - 6px)',
                        width: 'max(6px, ' + (share(row.to ?? stop) - share(row.from)) + '%)',
                      },
                    }),
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
      trace.truncated &&
        h(pf.Alert, {
          variant: 'info',
          isInline: true,
          component: 'p',
          title: 'There is more than can be shown.',
        }),
      h(pf.ExpandableSection, { toggleText: 'As data' }, h(tab.Json, { value: trace })),
    )
  }
})(window.bridgeTab)
