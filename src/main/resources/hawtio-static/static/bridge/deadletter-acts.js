/* Sending dead letters again, and discarding them. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment } = tab.lib.react
  const letters = '/bridge/dead-letters'
  const overtaken = {
    name: 'force',
    label: 'Where a later one of the same record was sent since',
    choices: [
      ['', 'leave it'],
      ['yes', 'send it anyway'],
    ],
  }

  tab.ActsOfLetters = ({ chosen, done }) => {
    const none = chosen.length === 0
    const some = tab.plural(chosen.length, 'dead letter')
    return h(
      Fragment,
      null,
      h(tab.Act, {
        label: 'Send again',
        variant: 'primary',
        isDisabled: none,
        title: 'Send ' + some + ' again?',
        text: 'Each goes with its old idempotency key, so what was applied already is not applied twice.',
        fields: [overtaken],
        act: values =>
          tab.each(chosen, row =>
            tab.post(letters + '/' + row.id + '/requeue', { force: values.force === 'yes' })(values),
          ),
        done,
        show: result => h(tab.EachResult, { result, verb: 'sent again' }),
      }),
      h(tab.Act, {
        label: 'Discard',
        isDisabled: none,
        isDanger: true,
        title: 'Discard ' + some + '?',
        text: 'They are not sent. They stay in the list of discarded ones until retention deletes them.',
        act: values => tab.each(chosen, row => tab.post(letters + '/' + row.id + '/discard')(values)),
        done,
        show: result => h(tab.EachResult, { result, verb: 'discarded' }),
      }),
    )
  }

  /** requeue or discard all that match the filters of the page: counted first. */
  tab.ActOnAllLetters = ({ verb, words, filters, done }) => {
    const { resolution, ...rest } = filters
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value))
    const selection = Object.keys(given).length ? given : { all: true }
    const ask = (values, dry) =>
      tab.call('POST', letters + '/' + verb, {
        ...selection,
        ...(values.force === 'yes' ? { force: true } : {}),
        who: values.who || null,
        why: values.why || 'count',
        dry_run: dry,
      })
    return h(tab.Act, {
      label: words,
      title: words + ' that match?',
      isDanger: verb === 'discard',
      isDisabled: Boolean(resolution),
      fields: verb === 'requeue' ? [overtaken] : [],
      text: Object.keys(given).length
        ? 'Open dead letters with ' +
          Object.entries(given)
            .map(one => one.join(' = '))
            .join(', ') +
          '.'
        : 'Every open dead letter: no filter is set.',
      check: async values => (await ask(values, true)).matched + ' match now.',
      act: values => ask(values, false),
      done,
      show: result =>
        h(
          'p',
          null,
          Object.entries(result.outcomes)
            .map(([word, count]) => tab.number(count) + ' ' + tab.stateWord(word)[0].toLowerCase())
            .join(', ') || 'None matched any more.',
          result.complete ? '' : ' It stopped after 30 seconds: do it again for the rest.',
        ),
    })
  }
})(window.bridgeTab)
