/* A list that comes from the server page by page. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment, useEffect, useState } = tab.lib.react
  const pf = tab.lib.core
  const PAGE = 50

  /**
   * path, parameters: what to ask for; field: where the rows are in the answer; empty: [title, text];
   * acts(chosen, done): buttons for the rows that are chosen; canChoose(row), nameOf(row): of those
   */
  tab.List = ({
    path,
    parameters,
    field,
    label,
    columns,
    open,
    canChoose,
    nameOf,
    acts,
    empty,
    keyOf,
    seconds = 10,
  }) => {
    const first = tab.query(path, { ...parameters, limit: PAGE })
    const [walk, setWalk] = useState({ first, pages: [] })
    const pages = walk.first === first ? walk.pages : []
    const at = pages.length ? pages[pages.length - 1] : first
    // Further pages do not move under the reader.
    const { data, error, loading, reload } = tab.useData(at, pages.length ? 0 : seconds)
    const [chosen, setChosen] = useState(new Set())
    useEffect(() => setChosen(new Set()), [at])
    const rows = (data && data[field]) || []
    const done = () => {
      setChosen(new Set())
      reload()
    }
    return h(
      Fragment,
      null,
      error && h(tab.Failure, { error, retry: reload, stale: Boolean(data) }),
      acts &&
        h(
          'div',
          { className: 'bridge-bar' },
          acts(
            rows.filter(row => chosen.has(row.id)),
            done,
          ),
        ),
      h(
        'div',
        { className: 'bridge-list', 'aria-busy': loading },
        rows.length > 0 &&
          h(tab.Rows, {
            label,
            columns,
            rows,
            open,
            keyOf,
            select: canChoose && { chosen, set: setChosen, can: canChoose, name: nameOf },
          }),
        data && rows.length === 0 && h(tab.Empty, { title: empty[0] }, empty[1]),
        !data && loading && h(Waiting),
      ),
      h(
        'div',
        { className: 'bridge-pager' },
        h(
          pf.Button,
          {
            variant: 'secondary',
            size: 'sm',
            isDisabled: pages.length === 0,
            onClick: () => setWalk({ first, pages: pages.slice(0, -1) }),
          },
          'Newer',
        ),
        h(tab.Text, null, pages.length === 0 ? 'Newest first' : 'Page ' + (pages.length + 1)),
        h(
          pf.Button,
          {
            variant: 'secondary',
            size: 'sm',
            isDisabled: !(data && data.next),
            onClick: () => setWalk({ first, pages: [...pages, data.next] }),
          },
          'Older',
        ),
      ),
    )
  }

  function Waiting() {
    return h(
      'div',
      { className: 'bridge-waiting' },
      [1, 2, 3, 4, 5].map(n =>
        h(pf.Skeleton, { key: n, height: '2rem', screenreaderText: n === 1 ? 'Loading' : undefined }),
      ),
    )
  }
})(window.bridgeTab)
