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

  tab.pages.deadletters = () => {
    const [filters, setFilters] = tab.useFilters([
      'queue',
      'target',
      'reason',
      'resolution',
      'correlation_id',
    ])
    const targets = tab.useData('/bridge/targets', 30)
    const names = ((targets.data && targets.data.targets) || []).map(one => [one.target, tab.targetWord(one)])
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
            choices: [
              ['', 'Anyone'],
              ...names,
              ...(filters.target && !names.some(one => one[0] === filters.target)
                ? [[filters.target, filters.target]]
                : []),
            ],
          },
          { name: 'reason', label: 'Reason', example: 'rejected' },
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
        acts: (chosen, done) => h(Acts, { chosen, filters, done }),
        columns: [
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
        ],
        open: row => h(Detail, { id: row.id }),
      }),
    )
  }

  function Acts({ chosen, filters, done }) {
    const none = chosen.length === 0
    const some = tab.plural(chosen.length, 'dead letter')
    const overtaken = {
      name: 'force',
      label: 'Where a later one of the same record was sent since',
      choices: [
        ['', 'leave it'],
        ['yes', 'send it anyway'],
      ],
    }
    return h(
      Fragment,
      null,
      h(tab.Act, {
        label: 'Send again',
        variant: 'primary',
        isDisabled: none,
        title: 'Send ' + some + ' again?',
        text: 'Each goes with its old idempotency key, so what was applied already is not applied twice.',
        fields: [overtaken],
        act: values =>
          tab.each(chosen, row =>
            tab.post(letters + '/' + row.id + '/requeue', { force: values.force === 'yes' })(values),
          ),
        done,
        show: result => h(tab.EachResult, { result, verb: 'sent again' }),
      }),
      h(tab.Act, {
        label: 'Discard',
        isDisabled: none,
        isDanger: true,
        title: 'Discard ' + some + '?',
        text: 'They are not sent. They stay in the list of discarded ones until retention deletes them.',
        act: values => tab.each(chosen, row => tab.post(letters + '/' + row.id + '/discard')(values)),
        done,
        show: result => h(tab.EachResult, { result, verb: 'discarded' }),
      }),
      h(
        tab.Text,
        null,
        none ? 'Choose some, or take all that match:' : some + ' chosen. Or take all that match:',
      ),
      h(Many, { verb: 'requeue', words: 'Send all again', filters, done, fields: [overtaken] }),
      h(Many, { verb: 'discard', words: 'Discard all', filters, done, fields: [] }),
    )
  }

  /** All that match the filters of the page: counted first. */
  function Many({ verb, words, filters, done, fields }) {
    const { resolution, ...rest } = filters
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value))
    const selection = Object.keys(given).length ? given : { all: true }
    const ask = (values, dry) =>
      tab.call('POST', letters + '/' + verb, {
        ...selection,
        ...(values.force === 'yes' ? { force: true } : {}),
        who: values.who || null,
        why: values.why || 'count',
        dry_run: dry,
      })
    return h(tab.Act, {
      label: words,
      title: words + ' that match?',
      isDanger: verb === 'discard',
      isDisabled: Boolean(resolution),
      fields,
      text: Object.keys(given).length
        ? 'Open dead letters with ' +
          Object.entries(given)
            .map(one => one.join(' = '))
            .join(', ') +
          '.'
        : 'Every open dead letter: no filter is set.',
      check: async values => (await ask(values, true)).matched + ' match now.',
      act: values => ask(values, false),
      done,
      show: result =>
        h(
          'p',
          null,
          Object.entries(result.outcomes)
            .map(([word, count]) => tab.number(count) + ' ' + tab.stateWord(word)[0].toLowerCase())
            .join(', ') || 'None matched any more.',
          result.complete ? '' : ' It stopped after 30 seconds: do it again for the rest.',
        ),
    })
  }

  function Detail({ id }) {
    const me = tab.useMe()
    const { data, error, reload } = tab.useData(letters + '/' + id)
    if (!data) {
      return error
        ? h(tab.Failure, { error, retry: reload })
        : h(pf.Skeleton, { height: '6rem', screenreaderText: 'Loading' })
    }
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
