/* The table that every list is. */
;(function (tab) {
  'use strict'
  const { createElement: h, useState } = tab.lib.react
  const pf = tab.lib.core
  const { Table, Thead, Tbody, Tr, Th, Td, ExpandableRowContent } = tab.lib.table

  /**
   * Rows of one page of the server, each with what it opens.
   *
   * columns: [{ title, cell(row, show), width }], where show() opens the row; open(row): an element;
   * first: the key of the row that is open at first; select: { chosen: Set, set, can(row), name(row) }
   */
  tab.Rows = ({ label, columns, rows, open, first = null, select, keyOf = row => row.id }) => {
    const [opened, setOpened] = useState(first)
    const all = select && rows.filter(select.can)
    return h(
      Table,
      { 'aria-label': label, variant: 'compact', className: 'bridge-rows' },
      h(
        Thead,
        null,
        h(
          Tr,
          null,
          open && h(Th, { screenReaderText: 'Open' }),
          select &&
            h(
              Th,
              { className: 'pf-v6-c-table__check' },
              h(pf.Checkbox, {
                id: 'choose-all',
                'aria-label': 'Choose all of this page',
                isDisabled: all.length === 0,
                isChecked: all.length > 0 && all.every(row => select.chosen.has(keyOf(row))),
                onChange: (event, on) => select.set(new Set(on ? all.map(keyOf) : [])),
              }),
            ),
          columns.map(column =>
            h(Th, { key: column.title, width: column.width, modifier: 'nowrap' }, column.title),
          ),
        ),
      ),
      rows.map((row, index) => {
        const key = keyOf(row)
        const isExpanded = opened === key
        return h(
          Tbody,
          { key, isExpanded },
          h(
            Tr,
            null,
            open &&
              h(Td, {
                expand: {
                  rowIndex: index,
                  isExpanded,
                  onToggle: () => setOpened(isExpanded ? null : key),
                  expandId: 'open',
                },
              }),
            select &&
              h(
                Td,
                { className: 'pf-v6-c-table__check' },
                h(pf.Checkbox, {
                  id: 'choose-' + key,
                  'aria-label': 'Choose ' + select.name(row),
                  isDisabled: !select.can(row),
                  isChecked: select.chosen.has(key),
                  onChange: (event, on) => {
                    const next = new Set(select.chosen)
                    on ? next.add(key) : next.delete(key)
                    select.set(next)
                  },
                }),
              ),
            columns.map(column =>
              h(
                Td,
                { key: column.title, dataLabel: column.title },
                column.cell(row, () => setOpened(key)),
              ),
            ),
          ),
          isExpanded &&
            h(
              Tr,
              { isExpanded },
              h(Td, { colSpan: columns.length + (select ? 2 : 1) }, h(ExpandableRowContent, null, open(row))),
            ),
        )
      }),
    )
  }
})(window.bridgeTab)
