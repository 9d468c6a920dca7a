/* Refused requests, and the pairing. */
;(function (tab) {
  'use strict'
  const { createElement: h } = tab.lib.react
  const pf = tab.lib.core

  tab.pages.refusals = () => {
    const { data, error, loading, reload } = tab.useData('/bridge/refusals', 10)
    const groups = data ? grouped(data) : []
    return h(
      tab.Page,
      {
        title: 'Refused requests',
        intro: 'By reason, of all instances, as long as counts are kept. Contents are never kept.',
      },
      error && h(tab.Failure, { error, retry: reload, stale: Boolean(data) }),
      loading && h(pf.Skeleton, { height: '12rem', screenreaderText: 'Loading' }),
      data &&
        data.counts === null &&
        h(pf.Alert, {
          variant: 'warning',
          isInline: true,
          component: 'p',
          title: 'The database does not answer: only this instance’s last 1000 are shown.',
        }),
      data &&
        groups.length === 0 &&
        h(
          tab.Empty,
          { title: 'Nothing was refused' },
          'Requests with a wrong key, signature or content would be listed here.',
        ),
      groups.length > 0 &&
        h(tab.Rows, {
          label: 'Refused requests by reason',
          rows: groups,
          keyOf: row => row.reason,
          columns: [
            { title: 'Reason', cell: row => tab.reasonWord(row.reason).toLowerCase() },
            { title: 'How many', cell: row => tab.number(row.count) },
            { title: 'Last', cell: row => h(tab.Time, { at: row.last }) },
            {
              title: 'From',
              cell: row =>
                [...row.addresses].slice(0, 3).join(', ') +
                (row.addresses.size > 3 ? ' and ' + (row.addresses.size - 3) + ' more' : ''),
            },
            { title: 'What to do', width: 40, cell: row => tab.remedy(row.reason) },
          ],
          open: row => h(Last, { rows: data.refusals.filter(one => one.reason === row.reason).slice(0, 50) }),
        }),
    )
  }

  function grouped({ counts, refusals }) {
    const groups = new Map()
    const rows =
      counts || refusals.map(one => ({ reason: one.reason, count: 1, last: one.time, address: one.address }))
    for (const row of rows) {
      const group = groups.get(row.reason) || {
        reason: row.reason,
        count: 0,
        last: row.last,
        addresses: new Set(),
      }
      group.count += row.count
      group.addresses.add(row.address)
      group.last = group.last > row.last ? group.last : row.last
      groups.set(row.reason, group)
    }
    return [...groups.values()].sort((a, b) => b.count - a.count)
  }

  const Last = ({ rows }) =>
    rows.length === 0
      ? h(tab.Text, null, 'This instance has none of them in memory any more.')
      : h(tab.Rows, {
          label: 'The last of them',
          rows: rows.map((row, id) => ({ ...row, id })),
          columns: [
            { title: 'When', cell: row => h(tab.Time, { at: row.time }) },
            { title: 'From', cell: row => row.address },
            { title: 'Route', cell: row => row.route || '–' },
            { title: 'Status', cell: row => row.status },
            { title: 'Bytes', cell: row => tab.number(row.size) },
          ],
        })

  tab.pages.pairing = () => {
    const { data, error, loading, reload } = tab.useData('/bridge/pairing', 30)
    return h(
      tab.Page,
      {
        title: 'Pairing',
        intro: 'Which Odoo and which database belong together, so that a copy of either does no harm.',
        actions: h(tab.Act, {
          label: 'Pair what there is now',
          title: 'Pair the Odoo that answers now with this database?',
          isDanger: Boolean(data && !data.ok),
          text: 'What was paused because the database is a copy is sent then. Before that, pause or delete subscribers that belong to production.',
          act: tab.post('/bridge/pairing'),
          done: reload,
        }),
      },
      error && h(tab.Failure, { error, retry: reload, stale: Boolean(data) }),
      loading && h(pf.Skeleton, { height: '8rem', screenreaderText: 'Asking Odoo' }),
      data &&
        h(pf.Alert, {
          variant: data.ok ? 'success' : 'danger',
          isInline: true,
          component: 'p',
          title: (data.ok ? 'All is sent: ' : 'Something is held back: ') + data.message,
        }),
      data &&
        h(
          pf.Card,
          { className: 'bridge-card' },
          h(
            pf.CardBody,
            null,
            h(tab.Facts, {
              facts: [
                ['State', tab.reasonWord(data.state)],
                ['Odoo’s database', h('span', { className: 'bridge-code' }, data.odoo_db_uuid || '–')],
                ['Odoo’s address', data.odoo_base_url],
                [
                  'This database',
                  data.database_is_the_paired_one ? 'is the paired one' : 'is not the paired one',
                ],
                [
                  'Copies on other servers',
                  data.copies_in_other_servers_are_noticed
                    ? 'are noticed'
                    : 'are not noticed: pg_control_system() is denied',
                ],
                ['Paired at', data.paired_at && tab.time(data.paired_at)],
                ['Paired by', data.paired_by],
                ['Because', data.paired_why],
              ],
            }),
          ),
        ),
    )
  }
})(window.bridgeTab)
