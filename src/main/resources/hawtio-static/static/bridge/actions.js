/* Actions: what is to be done in Odoo. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment } = tab.lib.react
  const states = [
    ['', 'Any'],
    ['queued', 'Waiting'],
    ['sent', 'In flight'],
    ['applied', 'Applied'],
    ['error', 'Failed'],
  ]

  tab.pages.actions = () => {
    const [filters, setFilters] = tab.useFilters(['status', 'action', 'record', 'correlation_id'])
    const targets = tab.useData('/bridge/targets', 5)
    const odoo = targets.data && targets.data.targets.find(one => one.target === 'odoo')
    return h(
      tab.Page,
      {
        title: 'Actions',
        intro: 'What is to be done in Odoo. Those of one record go one at a time, in order.',
        actions:
          odoo &&
          h(tab.PauseOrResume, { target: 'odoo', name: 'Odoo', state: odoo.state, done: targets.reload }),
      },
      h(tab.Filters, {
        filters,
        onSearch: setFilters,
        fields: [
          { name: 'status', label: 'State', choices: states },
          { name: 'action', label: 'Action', example: 'res.partner.*' },
          { name: 'record', label: 'Record', example: 'res.partner:42' },
          { name: 'correlation_id', label: 'Correlation id' },
        ],
      }),
      h(tab.List, {
        path: '/bridge/actions',
        field: 'actions',
        label: 'Actions',
        parameters: filters,
        seconds: 5,
        empty: [
          'No action',
          'Nothing matches. Actions come from Supabase, or from POST /functions/v1/push_to_odoo.',
        ],
        canChoose: row => row.status === 'queued',
        nameOf: row => 'action ' + row.id,
        acts: (chosen, done) =>
          h(
            Fragment,
            null,
            h(tab.Act, {
              label: chosen.length ? 'Cancel ' + chosen.length : 'Cancel',
              isDisabled: chosen.length === 0,
              isDanger: true,
              title: 'Cancel ' + tab.plural(chosen.length, 'action') + '?',
              needsWhy: false,
              text: 'They are not sent to Odoo. One that is in flight meanwhile is left alone.',
              act: () =>
                tab.each(chosen, row =>
                  tab.call('POST', '/bridge/actions/' + row.id + '/cancel', {
                    by: tab.myName() || null,
                  }),
                ),
              done,
              show: result => h(tab.EachResult, { result, verb: 'cancelled' }),
            }),
            h(
              tab.Text,
              null,
              chosen.length
                ? tab.plural(chosen.length, 'action') + ' chosen'
                : 'Choose waiting actions to cancel them.',
            ),
          ),
        columns: [
          { title: 'When', cell: row => h(tab.Time, { at: row.created_at }) },
          { title: 'Action', cell: row => row.action },
          { title: 'Per-record order', cell: row => row.ordering_key || h(tab.Text, null, 'unordered') },
          { title: 'State', cell: row => h(tab.State, { state: row.status }) },
          { title: 'Why', cell: row => h('span', { className: 'bridge-short', title: row.why }, row.why) },
          { title: 'Timeline', cell: row => h(tab.Correlation, { id: row.correlation_id }) },
        ],
        open: row => h(tab.ActionDetail, { action: row }),
      }),
    )
  }

  tab.ActionDetail = ({ action }) => {
    const me = tab.useMe()
    return h(
      'div',
      { className: 'bridge-detail' },
      h(
        'div',
        null,
        h('h3', null, 'What became of it'),
        h(tab.Facts, {
          facts: [
            ['Id', action.id],
            ['Now', action.why],
            ['Attempts', action.attempts + (action.max_attempts ? ' of ' + action.max_attempts : '')],
            ['Next attempt', action.next_attempt_at && tab.time(action.next_attempt_at)],
            ['Applied at', action.applied_at && tab.time(action.applied_at)],
            ['Last answer', action.last_error],
            ['Odoo’s status', action.response_status],
            ['Idempotency key', h('span', { className: 'bridge-code' }, action.idempotency_key)],
          ],
        }),
      ),
      h(
        'div',
        null,
        h('h3', null, 'Arguments'),
        h(tab.Json, { value: action.args, hidden: !me.operator }),
        action.response_body &&
          h(Fragment, null, h('h3', null, 'Odoo’s answer'), h(tab.Json, { value: action.response_body })),
      ),
    )
  }
})(window.bridgeTab)
