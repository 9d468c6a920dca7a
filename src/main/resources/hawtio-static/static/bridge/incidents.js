/* What to do about each kind of incident in the tab: the API's own remedies are for those who call it. */
;(function (tab) {
  'use strict'

  /** The page of what waits for the subject. */
  const waiting = one =>
    one.subject === 'odoo' ? ['actions', 'What waits', { status: 'queued' }] : subscribers()
  const subscribers = () => ['subscribers', 'Look at it']

  // text: what to do; link(one): the page on which that is done, the words of the link, and the page's filters
  const kinds = {
    dead_letters: {
      text: 'See why, and correct the cause. Then send them again, or discard them.',
      link: one => ['deadletters', 'Decide', { target: one.subject }],
    },
    actions_held: {
      text: 'Look at them; then send them, or discard them.',
      link: () => ['actions', 'Look at them', { status: 'queued' }],
    },
    target_paused: {
      text: 'Resume it when the reason is over. If the reason is a copy, look at the page Pairing before that.',
      link: waiting,
    },
    target_disabled: {
      text: 'It wants no more events. Correct its address, or delete it; resume it if it wants events again.',
      link: subscribers,
    },
    circuit_open: {
      text: 'Correct the other side. It is tried again by itself, and no attempt is lost.',
      link: waiting,
    },
    rows_late: {
      text: 'See whether it is slow, or more comes in than goes out: then it needs more slots or a higher rate.',
      link: waiting,
    },
    stream_late: {
      text:
        'The log says whether the brokers answer, and whether bridge.kafka.bootstrap-servers is set. ' +
        'Nothing is lost.',
      link: subscribers,
    },
    routes_refused: {
      text: 'Correct the files. What ran before goes on until then.',
      link: () => ['routes', 'See why'],
    },
    disk_full: {
      text: 'Shorten bridge.retention.audit, which says how long events are kept, or enlarge the disk.',
      link: () => ['events', 'See what is kept'],
    },
    clock_skew: {
      text: 'Synchronise both clocks by NTP. Requests are refused when the clocks differ by more than 300 s.',
      link: () => ['refusals', 'See what is refused'],
    },
    pairing: {
      text: 'See which Odoo and which database there are. If they belong together, pair them there.',
      link: () => ['pairing', 'Look at the pairing'],
    },
    addon_old: {
      text: 'Update Odoo’s module ip_event_bus.',
      link: () => ['pairing', 'Look at the pairing'],
    },
    heartbeat_absent: {
      text:
        'In Odoo, look at Outgoing Events and at the scheduled actions. Look at the network between both, too, and ' +
        'at what is refused.',
      link: () => ['refusals', 'See what is refused'],
    },
    partitions_few: {
      text:
        'The log says what make-event-partitions could not do: somebody locks audit_event, or rights changed. ' +
        'Without a partition, events are not stored. The chapter Partitions of docs/operations.md has more.',
      link: () => ['routes', 'Look at the routes'],
    },
  }

  const sentence = words => words.charAt(0).toUpperCase() + words.slice(1) + '.'

  /** What to do about an incident, in words; those of the API for a kind that is not known here. */
  tab.incidentText = one => (kinds[one.kind] ? kinds[one.kind].text : sentence(one.remedy))

  /** Where it is mended: [page, words, filters]; null if nothing is known of its kind. */
  tab.incidentLink = one => (kinds[one.kind] ? kinds[one.kind].link(one) : null)
})(window.bridgeTab)
