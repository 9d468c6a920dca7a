/* Creating and deleting subscribers, and their secrets. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment } = tab.lib.react
  const pf = tab.lib.core

  tab.subscriberPath = one => '/bridge/subscribers/' + one.id

  /** It reads the events after its position, so that nothing is queued for it. */
  tab.readsByItself = one => one.kind === 'pull' || one.mode === 'stream'

  const Secret = ({ result }) =>
    result.secret
      ? h(
          Fragment,
          null,
          h('p', null, 'Copy the secret now. It is not shown again.'),
          h(pf.ClipboardCopy, { isReadOnly: true, hoverTip: 'Copy', clickTip: 'Copied' }, result.secret),
        )
      : h('p', null, 'Done.')

  tab.RotateSecret = ({ one, done }) =>
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
      act: values =>
        tab.post(tab.subscriberPath(one) + '/rotate-secret', { overlap: values.overlap })(values),
      done,
      show: result => h(Secret, { result }),
    })

  /** What is given up with it. */
  const lost = one =>
    [
      one.open > 0 &&
        (tab.readsByItself(one)
          ? 'Its position is forgotten; ' + tab.upTo(one.open) + ' events are stored behind it.'
          : tab.upTo(one.open) + (one.open === 1 ? ' delivery is discarded.' : ' deliveries are discarded.')),
      one.dead > 0 &&
        tab.upTo(one.dead) + (one.dead === 1 ? ' dead letter is' : ' dead letters are') + ' discarded.',
    ]
      .filter(Boolean)
      .join(' ') || 'Nothing waits for it.'

  tab.DeleteSubscriber = ({ one, done }) =>
    h(tab.Act, {
      label: 'Delete',
      ariaLabel: 'Delete ' + one.name,
      isDanger: true,
      title: 'Delete ' + one.name + '?',
      text: lost(one),
      act: ({ who, why }) =>
        tab.call('DELETE', tab.query(tab.subscriberPath(one), { discard: true, who: who || undefined, why })),
      done,
    })

  tab.CreateSubscription = ({ done }) =>
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
