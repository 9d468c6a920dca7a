/* Deleting subscribers, and their secrets. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment } = tab.lib.react
  const pf = tab.lib.core

  tab.subscriberPath = one => '/bridge/subscribers/' + one.id

  /** It reads the events after its position, so that nothing is queued for it. */
  tab.readsByItself = one => one.kind === 'pull' || one.mode === 'stream'

  tab.Secret = ({ result }) =>
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
      show: result => h(tab.Secret, { result }),
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
})(window.bridgeTab)
