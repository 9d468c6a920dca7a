/* Subscribers: webhook subscriptions, Realtime, Kafka and Odoo. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment, useState } = tab.lib.react
  const pf = tab.lib.core
  const CUT = 300

  tab.pages.subscribers = () => {
    const { data, error, loading, reload } = tab.useData('/bridge/subscribers', 5)
    const targets = tab.useData('/bridge/targets', 5)
    const incidents = tab.useData('/bridge/incidents', 5)
    const [tests, setTests] = useState({})
    const test = async one => {
      const seen = result => setTests(before => ({ ...before, [one.id]: result }))
      seen({ busy: true })
      try {
        seen({ answer: await tab.call('POST', tab.subscriberPath(one) + '/test') })
      } catch (failure) {
        seen({ error: failure })
      }
    }
    const troubleOf = row => trouble(row, targets.data, incidents.data)
    const rows = (data && (data.subscribers || data)) || []
    return h(
      tab.Page,
      {
        title: 'Subscribers',
        intro: 'Who is told of events.',
        actions: h(tab.CreateSubscriber, { done: reload }),
      },
      error && h(tab.Failure, { error, retry: reload, stale: Boolean(data) }),
      loading && h(pf.Skeleton, { height: '12rem', screenreaderText: 'Loading' }),
      data &&
        rows.length === 0 &&
        h(
          tab.Empty,
          { title: 'No subscriber yet' },
          'Create one, or name one in application.yaml.',
        ),
      rows.length > 0 &&
        h(tab.Rows, {
          label: 'Subscribers',
          rows,
          columns: [
            { title: 'Name', cell: row => row.name },
            { title: 'Kind', cell: row => tab.subscriberKinds[row.kind] || row.kind },
            {
              title: 'State',
              cell: row =>
                h(
                  Fragment,
                  null,
                  h(tab.State, { state: troubleOf(row) ? 'in_trouble' : row.state }),
                  row.held_by && h(tab.Text, null, ' with Odoo'),
                ),
            },
            { title: 'Waiting', cell: row => h('span', { title: waits(row) }, tab.upTo(row.open)) },
            {
              title: 'Dead letters',
              cell: row =>
                row.dead > 0
                  ? h(
                      tab.To,
                      { page: 'deadletters', params: { target: 'subscriber:' + row.id } },
                      tab.upTo(row.dead),
                    )
                  : '0',
            },
            {
              title: 'Acts',
              cell: (row, show) =>
                h(
                  'div',
                  { className: 'bridge-acts' },
                  row.kind !== 'odoo' &&
                    row.kind !== 'pull' &&
                    h(Test, {
                      one: row,
                      busy: Boolean(tests[row.id] && tests[row.id].busy),
                      test: () => {
                        show()
                        test(row)
                      },
                    }),
                  h(tab.PauseOrResume, {
                    target: 'subscriber:' + row.id,
                    name: row.name,
                    state: row.state,
                    done: reload,
                  }),
                  (row.kind === 'webhook' || row.kind === 'pull') &&
                    row.owner === 'api' &&
                    h(tab.RotateSecret, { one: row, done: reload }),
                  row.owner === 'api' && h(tab.DeleteSubscriber, { one: row, done: reload }),
                ),
            },
          ],
          open: row => h(Detail, { one: row, seen: tests[row.id], wrong: troubleOf(row) }),
        }),
    )
  }

  /** Why nothing gets through although nobody stopped it; null if all is well, or somebody did. */
  function trouble(row, targets, incidents) {
    if (row.state !== 'running') {
      return null
    }
    const name = 'subscriber:' + row.id
    const late = ((incidents && incidents.incidents) || []).find(
      one => one.subject === name && ['stream_late', 'rows_late', 'circuit_open'].includes(one.kind),
    )
    if (late && late.state !== 'ending') {
      return late.found + '. ' + tab.incidentText(late)
    }
    const target = ((targets && targets.targets) || []).find(one => one.target === name)
    return target && target.waiting ? target.waiting.error || tab.reasonWord(target.waiting.reason) : null
  }

  /** What the number under Waiting counts. */
  function waits(row) {
    if (row.kind === 'pull') {
      return 'Events stored after the last one that it acknowledged, matching or not'
    }
    return row.mode === 'stream'
      ? 'Events stored after the last one that the brokers acknowledged, matching or not'
      : 'Deliveries that are due, will be tried again, or are in flight'
  }

  function Detail({ one, seen, wrong }) {
    return h(
      'div',
      { className: 'bridge-detail' },
      h(tab.Facts, {
        facts: [
          ['Test', seen && h('div', { role: 'status' }, h(Tested, { seen }))],
          ['In trouble', wrong],
          ['Sends to', one.url || one.topic || (one.kind === 'odoo' ? 'Odoo’s event_push' : null)],
          ['Asks for', (one.event_types || ['*']).join(', ')],
          ['From', (one.sources || ['everywhere']).join(', ')],
          ['Company', one.company],
          ['Filter', one.filter && h('span', { className: 'bridge-code' }, one.filter)],
          ['Fields', one.fields && one.fields.join(', ')],
          ['Mode', tab.subscriberModes[one.mode] || one.mode],
          ['Format', one.format === 'thin' ? 'thin: without contents' : one.format],
          ['Signature', one.signature],
          ['Most a second', one.rate],
          ['Most at once', one.slots],
          ['Waiting', tab.upTo(one.open) + ': ' + waits(one).toLowerCase()],
          [
            one.kind === 'pull' ? 'Last fetched' : 'Last acknowledged',
            one.fetched_at ? tab.time(one.fetched_at) : tab.readsByItself(one) ? 'never' : null,
          ],
        ],
      }),
      h(tab.Facts, {
        facts: [
          ['Defined in', one.owner === 'file' ? 'application.yaml; it is changed there' : 'the database'],
          [
            'Secrets',
            (one.secrets || [])
              .map(secret => secret.from + (secret.until ? ' until ' + tab.time(secret.until) : ''))
              .join(', '),
          ],
          ['Headers', (one.headers || []).map(header => header.name).join(', ')],
          [one.state === 'running' ? 'Why it was resumed' : 'Why it stands', one.reason],
          ['Changed by', one.changed_by],
          ['Since', one.since && tab.time(one.since)],
          ['Note', one.note],
          ['Created', tab.time(one.created_at)],
        ],
      }),
      !tab.readsByItself(one) && one.mode !== 'trigger' && h(LastAnswers, { one }),
    )
  }

  /** The last deliveries that were tried, and what came back. */
  function LastAnswers({ one }) {
    const { data, error, reload } = tab.useData(tab.subscriberPath(one) + '/deliveries', 5)
    const rows = (data && data.deliveries) || []
    return h(
      Fragment,
      null,
      h('h4', null, 'Last answers'),
      error && h(tab.Failure, { error, retry: reload, stale: Boolean(data) }),
      data && rows.length === 0 && h('p', { className: 'bridge-dim' }, 'None of late.'),
      rows.length > 0 &&
        h(tab.Rows, {
          label: 'Last answers of ' + one.name,
          rows,
          columns: [
            { title: 'When', cell: row => h(tab.Time, { at: row.delivered_at || row.created_at }) },
            { title: 'Event', cell: row => row.event_type || 'deleted' },
            { title: 'State', cell: row => h(tab.State, { state: row.status }) },
            { title: 'Answer', cell: row => row.response_status || (row.last_error ? 'none' : '') },
            { title: 'Attempts', cell: row => String(row.attempts) },
            { title: 'Error', cell: row => row.last_error },
            { title: 'Timeline', cell: row => h(tab.Correlation, { id: row.correlation_id }) },
          ],
        }),
    )
  }

  /** A button; its result is shown in the opened row. */
  const Test = ({ one, busy, test }) =>
    h(
      tab.ForOperators,
      null,
      h(
        pf.Button,
        {
          variant: 'secondary',
          size: 'sm',
          isDisabled: !tab.useMe().operator || busy,
          'aria-label': 'Test ' + one.name,
          onClick: test,
        },
        'Test',
      ),
    )

  function Tested({ seen }) {
    if (seen.busy) {
      return h(tab.Text, null, 'Asking …')
    }
    if (seen.error) {
      return h(tab.Failure, { error: seen.error })
    }
    const { ok, status, duration_ms: took, excerpt, error } = seen.answer
    const word = ok ? 'accepted' : status ? 'refused' : 'no answer'
    const said = excerpt || (ok ? '' : error)
    return h(
      Fragment,
      null,
      h(pf.Label, { color: ok ? 'green' : 'red', isCompact: true }, word),
      ' ' + [status && 'status ' + status, 'after ' + tab.duration(took)].filter(Boolean).join(', '),
      said &&
        h(
          'div',
          { className: 'bridge-dim bridge-note' },
          said.length > CUT ? said.slice(0, CUT) + '…' : said,
        ),
    )
  }
})(window.bridgeTab)
