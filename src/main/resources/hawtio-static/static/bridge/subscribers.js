/* Subscribers: webhook subscriptions, Realtime, Kafka and Odoo. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment, useState } = tab.lib.react
  const pf = tab.lib.core
  const path = one => '/bridge/subscribers/' + one.id
  const kinds = {
    webhook: 'Webhook subscription',
    realtime: 'Supabase Realtime',
    odoo: 'Odoo',
    kafka: 'Kafka',
    pull: 'Pull',
  }

  tab.pages.subscribers = () => {
    const { data, error, loading, reload } = tab.useData('/bridge/subscribers', 5)
    const rows = (data && (data.subscribers || data)) || []
    return h(
      tab.Page,
      {
        title: 'Subscribers',
        intro: 'Who is told of events.',
        actions: h(Create, { done: reload }),
      },
      error && h(tab.Failure, { error, retry: reload }),
      loading && h(pf.Skeleton, { height: '12rem', screenreaderText: 'Loading' }),
      data &&
        rows.length === 0 &&
        h(
          tab.Empty,
          { title: 'No subscriber yet' },
          'Create a webhook subscription, or name one in application.yaml.',
        ),
      rows.length > 0 &&
        h(tab.Rows, {
          label: 'Subscribers',
          rows,
          columns: [
            { title: 'Name', cell: row => row.name },
            { title: 'Kind', cell: row => kinds[row.kind] || row.kind },
            {
              title: 'State',
              cell: row =>
                h(
                  Fragment,
                  null,
                  h(tab.State, { state: row.state }),
                  row.held_by && h(tab.Text, null, ' with Odoo'),
                ),
            },
            { title: 'Waiting', cell: row => tab.upTo(row.open) },
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
              cell: row =>
                h(
                  'div',
                  { className: 'bridge-acts' },
                  row.kind !== 'odoo' && row.kind !== 'pull' && h(Test, { one: row }),
                  h(tab.PauseOrResume, {
                    target: 'subscriber:' + row.id,
                    name: row.name,
                    state: row.state,
                    done: reload,
                  }),
                  (row.kind === 'webhook' || row.kind === 'pull') && row.owner === 'api' && h(Rotate, { one: row, done: reload }),
                  row.owner === 'api' && h(Delete, { one: row, done: reload }),
                ),
            },
          ],
          open: row => h(Detail, { one: row }),
        }),
    )
  }

  function Detail({ one }) {
    return h(
      'div',
      { className: 'bridge-detail' },
      h(tab.Facts, {
        facts: [
          ['Sends to', one.url || one.topic || (one.kind === 'odoo' ? 'Odoo’s event_push' : null)],
          ['Asks for', (one.event_types || ['*']).join(', ')],
          ['From', (one.sources || ['everywhere']).join(', ')],
          ['Company', one.company],
          ['Format', one.format === 'thin' ? 'thin: without contents' : one.format],
          ['Signature', one.signature],
          ['Most a second', one.rate],
          ['Most at once', one.slots],
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
          ['Why it stands', one.reason],
          ['Changed by', one.changed_by],
          ['Since', one.since && tab.time(one.since)],
          ['Note', one.note],
          ['Created', tab.time(one.created_at)],
        ],
      }),
    )
  }

  /** The last answer stays beside the button. */
  function Test({ one }) {
    const me = tab.useMe()
    const [seen, setSeen] = useState(null)
    const test = async () => {
      setSeen({ busy: true })
      try {
        setSeen({ answer: await tab.call('POST', path(one) + '/test') })
      } catch (error) {
        setSeen({ error })
      }
    }
    return h(
      Fragment,
      null,
      h(
        pf.Button,
        {
          variant: 'secondary',
          size: 'sm',
          isDisabled: !me.operator || (seen && seen.busy),
          isLoading: Boolean(seen && seen.busy),
          'aria-label': 'Test ' + one.name,
          onClick: test,
        },
        'Test',
      ),
      h(
        'span',
        { role: 'status' },
        seen &&
          seen.error &&
          h(pf.Label, { color: 'red', isCompact: true, title: seen.error.message }, seen.error.message),
        seen &&
          seen.answer &&
          h(
            pf.Label,
            {
              color: seen.answer.ok ? 'green' : 'red',
              isCompact: true,
              title: seen.answer.excerpt || seen.answer.error || '',
            },
            (seen.answer.ok ? 'accepted' : 'refused') +
              (seen.answer.status
                ? ', status ' + seen.answer.status
                : ': ' + (seen.answer.error || 'no answer')) +
              ', ' +
              tab.duration(seen.answer.duration_ms),
          ),
      ),
    )
  }

  const Secret = ({ result }) =>
    result.secret
      ? h(
          Fragment,
          null,
          h('p', null, 'Copy the secret now. It is not shown again.'),
          h(pf.ClipboardCopy, { isReadOnly: true, hoverTip: 'Copy', clickTip: 'Copied' }, result.secret),
        )
      : h('p', null, 'Done.')

  const Rotate = ({ one, done }) =>
    h(tab.Act, {
      label: 'New secret',
      ariaLabel: 'New secret for ' + one.name,
      title: 'A new secret for ' + one.name + '?',
      text: 'Both secrets sign until the old one ends. Give the new one to the receiver before that.',
      fields: [
        {
          name: 'overlap',
          label: 'The old one stays valid for',
          value: 'PT24H',
          choices: [
            ['PT0S', 'no time: it is known to others'],
            ['PT1H', 'an hour'],
            ['PT24H', 'a day'],
            ['P7D', 'a week'],
          ],
        },
      ],
      act: values => tab.post(path(one) + '/rotate-secret', { overlap: values.overlap })(values),
      done,
      show: result => h(Secret, { result }),
    })

  const Delete = ({ one, done }) =>
    h(tab.Act, {
      label: 'Delete',
      ariaLabel: 'Delete ' + one.name,
      isDanger: true,
      title: 'Delete ' + one.name + '?',
      text:
        one.open + one.dead > 0
          ? tab.upTo(one.open) +
            ' deliveries wait, and ' +
            tab.upTo(one.dead) +
            ' dead letters are open. They are discarded.'
          : 'Nothing waits for it.',
      act: ({ who, why }) =>
        tab.call('DELETE', tab.query(path(one), { discard: true, who: who || undefined, why })),
      done,
    })

  const Create = ({ done }) =>
    h(tab.Act, {
      label: 'Create a webhook subscription',
      variant: 'primary',
      needsWhy: false,
      title: 'Create a webhook subscription',
      text: 'It receives events from now on. To send it earlier ones, start a replay afterwards.',
      fields: [
        { name: 'name', label: 'Name', example: 'crm', isRequired: true },
        {
          name: 'url',
          label: 'Address',
          example: 'https://crm.example.com/hooks/odoo',
          type: 'url',
          isRequired: true,
        },
        {
          name: 'types',
          label: 'Asks for',
          example: 'res.partner.*, sale.order.confirmed',
          help: 'Empty: everything but the bridge’s own events.',
        },
        {
          name: 'format',
          label: 'Contents',
          choices: [
            ['full', 'with the contents of the record'],
            ['thin', 'without; the receiver fetches them'],
          ],
          value: 'full',
        },
      ],
      act: ({ name, url, types, format }) =>
        tab.call('POST', '/bridge/subscribers', {
          name: name.trim(),
          kind: 'webhook',
          url: url.trim(),
          format,
          ...(types.trim()
            ? {
                event_types: types
                  .split(',')
                  .map(one => one.trim())
                  .filter(Boolean),
              }
            : {}),
        }),
      done,
      show: result => h(Secret, { result }),
    })
})(window.bridgeTab)
