/* What the pages are made of. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment, useState } = tab.lib.react
  const pf = tab.lib.core
  const { Link, useSearchParams } = tab.lib.router

  tab.h = h
  tab.Context = tab.lib.react.createContext({ operator: false, refresh() {} })
  tab.useMe = () => tab.lib.react.useContext(tab.Context)

  tab.State = ({ state }) => {
    const [word, color] = tab.stateWord(state)
    return h(pf.Label, { color, isCompact: true }, word)
  }

  tab.Text = ({ children }) => h('span', { className: 'bridge-dim' }, children)

  /** A link within the tab. */
  tab.To = ({ page, params, children, ...rest }) =>
    h(Link, { to: tab.query('/bridge/' + page, params || {}), ...rest }, children)

  /** By its end: ids begin with the time, so those of one minute begin alike. */
  tab.Correlation = ({ id }) =>
    id
      ? h(
          tab.To,
          { page: 'timeline', params: { id }, className: 'bridge-code', title: id },
          '…' + id.slice(-8),
        )
      : h(tab.Text, null, '–')

  tab.Record = ({ model, id }) =>
    id && model
      ? h(tab.To, { page: 'record', params: { model, id } }, model + ' ' + id)
      : h(tab.Text, null, id || '–')

  /** stale: what was there before is still shown; then it lies over the page, and moves nothing. */
  tab.Failure = ({ error, retry, stale }) =>
    h(
      pf.Alert,
      {
        variant: 'danger',
        isInline: !stale,
        className: stale ? 'bridge-stale' : undefined,
        title: error.message,
        actionLinks: retry && h(pf.AlertActionLink, { onClick: retry }, 'Try again'),
      },
      stale && 'What is shown is from before.',
    )

  tab.Empty = ({ title, children }) =>
    h(
      pf.EmptyState,
      { variant: 'sm', titleText: title, headingLevel: 'h3' },
      h(pf.EmptyStateBody, null, children),
    )

  /** JSON as text, whatever is in it. */
  tab.Json = ({ value, hidden }) =>
    value === null || value === undefined
      ? h(tab.Text, null, hidden ? 'Contents are shown to operators only.' : 'Nothing')
      : h(
          'pre',
          { className: 'bridge-json', tabIndex: 0 },
          typeof value === 'string' ? value : JSON.stringify(value, null, 2),
        )

  tab.Facts = ({ facts }) =>
    h(
      pf.DescriptionList,
      { isCompact: true, isHorizontal: true, isFluid: true },
      facts
        .filter(fact => fact && fact[1] !== null && fact[1] !== undefined && fact[1] !== '')
        .map(([name, value]) =>
          h(
            pf.DescriptionListGroup,
            { key: name },
            h(pf.DescriptionListTerm, null, name),
            h(pf.DescriptionListDescription, null, value),
          ),
        ),
    )

  tab.Page = ({ title, intro, actions, children }) =>
    h(
      Fragment,
      null,
      h(
        'div',
        { className: 'bridge-head' },
        h(
          'div',
          null,
          h(pf.Title, { headingLevel: 'h2', size: 'xl' }, title),
          intro && h('p', { className: 'bridge-dim' }, intro),
        ),
        actions && h('div', { className: 'bridge-acts' }, actions),
      ),
      children,
    )

  /** The filters of a page are in its address, so that it can be linked to and reloaded. */
  tab.useFilters = names => {
    const [search, setSearch] = useSearchParams()
    const filters = Object.fromEntries(names.map(name => [name, search.get(name) || '']))
    return [filters, next => setSearch(Object.fromEntries(Object.entries(next).filter(([, value]) => value)))]
  }

  /** One field for each filter: a text, or a choice of [value, word]. */
  tab.Filters = ({ fields, filters, onSearch, label }) => {
    const [draft, setDraft] = useState(filters)
    const known = JSON.stringify(filters)
    const [seen, setSeen] = useState(known)
    if (known !== seen) {
      setSeen(known)
      setDraft(filters)
    }
    const set = (name, value) => setDraft({ ...draft, [name]: value })
    return h(
      'form',
      {
        className: 'bridge-filters',
        role: 'search',
        onSubmit: event => {
          event.preventDefault()
          onSearch(Object.fromEntries(Object.entries(draft).map(([name, value]) => [name, value.trim()])))
        },
      },
      fields.map(field =>
        h(
          'div',
          { key: field.name },
          h('label', { htmlFor: 'filter-' + field.name }, field.label),
          field.choices
            ? h(
                pf.FormSelect,
                {
                  id: 'filter-' + field.name,
                  value: draft[field.name],
                  onChange: (event, value) => {
                    set(field.name, value)
                    onSearch({ ...draft, [field.name]: value })
                  },
                },
                field.choices.map(([value, word]) =>
                  h(pf.FormSelectOption, { key: value, value, label: word }),
                ),
              )
            : h(pf.TextInput, {
                id: 'filter-' + field.name,
                type: 'text',
                value: draft[field.name],
                placeholder: field.example,
                onChange: (event, value) => set(field.name, value),
              }),
        ),
      ),
      h(
        'div',
        { className: 'bridge-acts' },
        h(pf.Button, { type: 'submit', variant: 'secondary' }, label || 'Search'),
        h(pf.Button, { variant: 'link', onClick: () => onSearch({}) }, 'Clear'),
      ),
    )
  }

  /** Times in the address are those of the person's clock. */
  tab.instant = text => {
    // A day without a time would be that of Greenwich.
    const at = text ? new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? text + 'T00:00' : text) : null
    return at && !isNaN(at) ? at.toISOString() : text
  }
})(window.bridgeTab)
