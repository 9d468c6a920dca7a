/* The picture of the flow. */
;(function (tab) {
  'use strict'
  const { createElement: h } = tab.lib.react
  const pf = tab.lib.core

  const sum = values => values.reduce((total, one) => total + one, 0)

  /** Per minute, over the last minute. */
  const rate = (hour, series) => sum(hour[series].slice(-Math.round(60 / hour.step_seconds)))

  /** The worst of what is sent to: stopped, in trouble, or fine. */
  function health(targets) {
    if (targets.some(one => one.state !== 'running')) {
      return targets.every(one => one.state !== 'running') ? 'stopped' : 'trouble'
    }
    return targets.some(one => one.waiting) ? 'trouble' : 'fine'
  }

  const healthWords = { fine: '● works', trouble: '▲ in trouble', stopped: '■ stopped' }

  tab.Flow = ({ overview, targets }) => {
    const { hour, queues } = overview
    const odoo = targets.filter(one => one.target === 'odoo')
    const subscribers = targets.filter(one => one.target !== 'odoo')
    const actions = queues['odoo-actions']
    const deliveries = queues['event-deliveries']
    const backlog = one =>
      one.due === null ? 'unknown' : tab.number(one.due + one.waiting + one.in_flight) + ' waiting'
    const oldest = one =>
      one.oldest_due_seconds > 0
        ? 'oldest due for ' + tab.duration(one.oldest_due_seconds * 1000)
        : 'nothing is late'
    const legs = [
      {
        x: 195,
        y: 70,
        to: 1,
        name: 'Events',
        rate: rate(hour, 'stored'),
        unit: 'stored a minute',
        lines: [tab.number(rate(hour, 'refused')) + ' refused'],
        health: 'fine',
      },
      {
        x: 575,
        y: 70,
        to: 1,
        name: 'Deliveries',
        rate: rate(hour, 'delivered'),
        unit: 'delivered a minute',
        lines: [backlog(deliveries) + ', ' + oldest(deliveries)],
        health: health(subscribers),
      },
      {
        x: 575,
        y: 210,
        to: -1,
        name: 'Actions',
        rate: null,
        unit: 'from Supabase',
        lines: ['and from other producers'],
        health: 'fine',
      },
      {
        x: 195,
        y: 210,
        to: -1,
        name: 'Actions',
        rate: rate(hour, 'applied'),
        unit: 'applied a minute',
        lines: [backlog(actions) + ', ' + oldest(actions)],
        health: health(odoo),
      },
    ]
    const words = legs
      .map(
        leg =>
          leg.name +
          ': ' +
          (leg.rate === null ? '' : leg.rate + ' ') +
          leg.unit +
          '; ' +
          leg.lines.join(', ') +
          '; ' +
          healthWords[leg.health].slice(2),
      )
      .join('. ')
    return h(
      pf.Card,
      { className: 'bridge-card' },
      h(pf.CardTitle, { component: 'h2' }, 'The flow now'),
      h(
        pf.CardBody,
        null,
        h(
          'div',
          { className: 'bridge-flow' },
          h(
            'svg',
            {
              viewBox: '0 22 960 256',
              role: 'img',
              'aria-label': 'Odoo, the bridge, Supabase and subscribers. ' + words,
            },
            h(Node, {
              x: 10,
              title: 'Odoo',
              text: odoo[0] && odoo[0].state !== 'running' ? odoo[0].state : 'ERP',
            }),
            h(Node, {
              x: 390,
              title: 'Bridge',
              text: overview.mode === 'demo' ? 'demo mode' : 'this service',
              strong: true,
            }),
            h(Node, {
              x: 770,
              title: 'Supabase',
              text: 'and ' + tab.plural(subscribers.length, 'subscriber'),
            }),
            legs.map(leg => h(Leg, { key: leg.x + '/' + leg.y, leg })),
          ),
        ),
      ),
    )
  }

  function Node({ x, title, text, strong }) {
    return h(
      'g',
      { className: 'bridge-node' + (strong ? ' bridge-strong' : '') },
      h('rect', { x, y: 30, width: 180, height: 240, rx: 12 }),
      h('text', { x: x + 90, y: 145, className: 'bridge-node-title' }, title),
      h('text', { x: x + 90, y: 172, className: 'bridge-small' }, text),
    )
  }

  function Leg({ leg }) {
    const left = leg.x
    const right = leg.x + 190
    const [from, to] = leg.to > 0 ? [left, right - 8] : [right, left + 8]
    const head = to + leg.to * 8
    const middle = left + 95
    return h(
      'g',
      { className: 'bridge-leg bridge-' + leg.health },
      h(
        'text',
        { x: middle, y: leg.y - 12, className: 'bridge-leg-title' },
        leg.rate === null ? 'Actions ' + leg.unit : tab.number(leg.rate) + ' ' + leg.unit,
      ),
      h('line', { x1: from, y1: leg.y, x2: to, y2: leg.y, className: leg.rate > 0 ? 'bridge-moving' : '' }),
      h('polygon', {
        points:
          head +
          ',' +
          leg.y +
          ' ' +
          (to - leg.to * 4) +
          ',' +
          (leg.y - 7) +
          ' ' +
          (to - leg.to * 4) +
          ',' +
          (leg.y + 7),
      }),
      leg.lines
        .flatMap(line => line.split(', '))
        .map((line, index) =>
          h('text', { key: line, x: middle, y: leg.y + 22 + 17 * index, className: 'bridge-small' }, line),
        ),
      h(
        'text',
        {
          x: middle,
          y: leg.y + 22 + 17 * leg.lines.flatMap(line => line.split(', ')).length,
          className: 'bridge-leg-state',
        },
        healthWords[leg.health],
      ),
    )
  }
})(window.bridgeTab)
