/* The charts of the last hour. */
;(function (tab) {
  'use strict'
  const { createElement: h } = tab.lib.react
  const pf = tab.lib.core
  const BARS = 60

  const sum = values => values.reduce((total, one) => total + one, 0)

  /** One bar for each of the last sixty minutes. */
  tab.Hour = ({ hour, at }) =>
    h(
      'div',
      { className: 'bridge-charts' },
      h(Bars, { title: 'Events stored', hour, at, series: ['stored'] }),
      h(Bars, { title: 'Events delivered', hour, at, series: ['delivered'] }),
      h(Bars, { title: 'Actions applied', hour, at, series: ['applied'] }),
      h(Bars, {
        title: 'Failed attempts',
        hour,
        at,
        series: ['actions_failed', 'deliveries_failed'],
        bad: true,
      }),
    )

  function minutes(hour, at, series) {
    const bars = new Array(BARS).fill(0)
    const now = new Date(at)
    hour.ends.forEach((end, index) => {
      const ago = Math.floor((now - new Date(end)) / 60000)
      if (ago >= 0 && ago < BARS) {
        bars[BARS - 1 - ago] += sum(series.map(one => hour[one][index]))
      }
    })
    return bars
  }

  function Bars({ title, hour, at, series, bad }) {
    const bars = minutes(hour, at, series)
    const most = Math.max(...bars)
    const total = sum(bars)
    return h(
      pf.Card,
      { className: 'bridge-card', isCompact: true },
      h(pf.CardTitle, { component: 'h3' }, title),
      h(
        pf.CardBody,
        null,
        h(
          'p',
          null,
          h('strong', { className: 'bridge-big' }, tab.number(total)),
          h(tab.Text, null, ' in the last hour'),
        ),
        h(
          'svg',
          {
            className: 'bridge-bars' + (bad ? ' bridge-bad' : ''),
            viewBox: '0 0 240 48',
            preserveAspectRatio: 'none',
            role: 'img',
            'aria-label': title + ': ' + total + ' in the last hour, ' + most + ' in the busiest minute',
          },
          h('line', { x1: 0, y1: 47.5, x2: 240, y2: 47.5 }),
          bars.map((value, index) =>
            h('rect', {
              key: index,
              x: index * 4,
              width: 3,
              y: 47 - (most ? (value / most) * 44 : 0),
              height: most ? (value / most) * 44 : 0,
            }),
          ),
        ),
        h(tab.Text, null, most ? 'busiest minute: ' + tab.number(most) : 'none'),
      ),
    )
  }
})(window.bridgeTab)
