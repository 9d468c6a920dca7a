/* The tab: its pages, and who is logged in. */
;(function (tab) {
  'use strict'
  const { createElement: h, useEffect, useState } = tab.lib.react
  const pf = tab.lib.core
  const { Link, useLocation } = tab.lib.router

  const pages = [
    ['overview', 'Overview'],
    ['events', 'Events'],
    ['actions', 'Actions'],
    ['deadletters', 'Dead letters'],
    ['record', 'Record'],
    ['timeline', 'Timeline'],
    ['subscribers', 'Subscribers'],
    ['replays', 'Replays'],
    ['refusals', 'Refused'],
    ['routes', 'Routes'],
    ['pairing', 'Pairing'],
  ]

  class Boundary extends tab.lib.react.Component {
    state = { error: null }

    static getDerivedStateFromError(error) {
      return { error }
    }

    render() {
      return this.state.error
        ? h(tab.Failure, {
            error: { message: 'This page has a fault: ' + this.state.error.message },
            retry: () => this.setState({ error: null }),
          })
        : this.props.children
    }
  }

  function Bridge() {
    const location = useLocation()
    const name = location.pathname.split('/bridge/')[1]?.split('/')[0] || 'overview'
    const page = pages.some(one => one[0] === name) ? name : 'overview'
    const words = pages.find(one => one[0] === page)[1]
    const [me, setMe] = useState(null)
    useEffect(() => {
      const before = document.title
      return () => {
        document.title = before
      }
    }, [])
    useEffect(() => {
      document.title = words + ' – Bridge'
    }, [words])
    useEffect(() => {
      tab.get('/bridge/overview').then(
        answer => setMe({ ...answer.you, mode: answer.mode }),
        () => setMe({ user: '', operator: false }),
      )
    }, [])
    return h(
      tab.Context.Provider,
      { value: me || { operator: false } },
      h(
        'div',
        { className: 'bridge-tab' },
        h(
          'div',
          { className: 'bridge-top' },
          h(
            pf.Title,
            { headingLevel: 'h1', size: '2xl' },
            'Bridge',
            me &&
              me.mode === 'demo' &&
              h(
                pf.Label,
                { color: 'purple', isCompact: true, className: 'bridge-mode' },
                'demo: nothing real is touched',
              ),
          ),
          me &&
            me.user &&
            h(
              'form',
              { method: 'post', action: logout(), className: 'bridge-me', onSubmit: tab.forgetName },
              h(
                'span',
                null,
                'Logged in as ',
                h('strong', null, me.user),
                me.operator ? ', operator' : ', viewer: you see and do not act',
              ),
              h('input', { type: 'hidden', name: '_csrf', value: tab.csrfToken() }),
              h(pf.Button, { type: 'submit', variant: 'link', size: 'sm' }, 'Log out'),
            ),
        ),
        h(
          pf.Nav,
          { 'aria-label': 'Pages of the bridge', variant: 'horizontal-subnav', className: 'bridge-nav' },
          h(
            pf.NavList,
            null,
            pages.map(([id, label]) =>
              h(
                pf.NavItem,
                { key: id, itemId: id, isActive: id === page },
                h(Link, { to: '/bridge/' + id }, label),
              ),
            ),
          ),
        ),
        h('div', { className: 'bridge-page' }, h(Boundary, { key: page }, h(tab.pages[page]))),
      ),
    )
  }

  const logout = () => new URL('../../logout', document.baseURI).pathname

  tab.plugin = () =>
    tab.lib.hawtio.hawtio.addPlugin({
      id: 'bridge',
      title: 'Bridge',
      path: '/bridge',
      order: -1,
      component: Bridge,
      isActive: async () => true,
    })
})(window.bridgeTab)
