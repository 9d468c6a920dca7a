/* The words that people read, for those that the API uses. */
;(function (tab) {
  'use strict'

  const states = {
    queued: ['Waiting', 'blue'],
    sent: ['In flight', 'blue'],
    in_flight: ['In flight', 'blue'],
    applied: ['Applied', 'green'],
    error: ['Failed', 'red'],
    delivered: ['Delivered', 'green'],
    stored: ['Stored', 'green'],
    retrying: ['Will be tried again', 'orange'],
    waiting: ['Waiting', 'orange'],
    dead: ['Dead letter', 'red'],
    skipped: ['Not asked for', 'grey'],
    broadcast: ['Broadcast', 'green'],
    published: ['Published', 'green'],
    not_kept: ['No longer kept', 'grey'],
    fetched: ['Fetched', 'green'],
    unfetched: ['Not fetched yet', 'blue'],
    newer: ['Newer than the event', 'grey'],
    missing: ['Missing', 'orange'],
    open: ['Open', 'red'],
    requeued: ['Sent again', 'blue'],
    discarded: ['Discarded', 'grey'],
    running: ['Running', 'green'],
    in_trouble: ['In trouble', 'orange'],
    paused: ['Paused', 'orange'],
    disabled: ['Disabled', 'red'],
    done: ['Done', 'green'],
    cancelled: ['Cancelled', 'grey'],
  }

  const refusals = {
    signature_missing:
      'The sender does not sign. In Odoo: Settings, Supabase Bridge, Rotate; then copy the secret here.',
    invalid_signature:
      'Sender and bridge have different secrets, or a proxy changes bodies. Compare EDGE_HMAC_SECRET with ' +
      "Odoo's settings.",
    not_paired: 'Another Odoo than the paired one sends, a staging copy perhaps. See the page Pairing.',
    UNAUTHORIZED_NO_AUTH_HEADER:
      'The caller sends no key. It needs the service role key as apikey or as bearer.',
    UNAUTHORIZED_INVALID_JWT_FORMAT: 'The caller sends an unknown key. Give it the current service role key.',
    FORBIDDEN: 'The caller has the anonymous key or a user’s token. It needs the service role key.',
    FORBIDDEN_ROLE: 'The caller has the anonymous key or a user’s token. It needs the service role key.',
    timestamp_out_of_range: 'The clocks of sender and bridge differ. Set them by NTP.',
    invalid_timestamp: 'The clocks of sender and bridge differ. Set them by NTP.',
    too_large: 'The body is larger than bridge.ingest.max-body.',
    body_too_large: 'The body is larger than bridge.ingest.max-body.',
    not_found: 'The address does not exist. Correct it at the caller.',
    NOT_FOUND: 'The address does not exist. Correct it at the caller.',
    method_not_allowed: 'The caller uses another verb than the address takes.',
    overloaded: 'There were too many requests at once. The senders try again by themselves.',
    json_limit: 'The JSON is nested too deeply, or has numbers that are too long.',
    body_incomplete: 'The caller hung up, or was too slow.',
  }

  /** What to do about refused requests of one reason. */
  tab.remedy = reason =>
    refusals[reason] ||
    (reason.startsWith('missing_') || reason.startsWith('invalid_')
      ? 'The request is wrong. Its sender got a message that says what was expected.'
      : 'The sender got a message that says what was expected.')

  /** What the API refuses in words for its callers, in words for the tab. */
  const refusalWords = {
    overtaken:
      'A later one of the same record was sent since, and this one would undo it. If it must be sent nevertheless, ' +
      'choose “send it anyway”.',
  }

  tab.refusalWord = code => refusalWords[code]

  /** Why a row became a dead letter. */
  tab.deadReasons = [
    'aborted',
    'attempts_spent',
    'expired',
    'gone',
    'rejected',
    'subscriber_deleted',
    'too_large',
    'unreadable',
    'unsendable',
  ]

  /** A state in words, and its colour. */
  tab.stateWord = state => states[state] || [String(state ?? '').replaceAll('_', ' '), 'grey']

  /** A reason such as connection_lost. */
  tab.reasonWord = reason => String(reason ?? '').replaceAll('_', ' ')

  /** A target's name: Odoo, or a subscriber's. */
  tab.targetWord = one => (one.target === 'odoo' ? 'Odoo' : one.subscriber || one.target)

  const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
  const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' })

  /** Today's times as a clock shows them, others with their day. */
  tab.time = text => {
    if (!text) {
      return '–'
    }
    const at = new Date(text)
    const today = at.toDateString() === new Date().toDateString()
    return today ? clock.format(at) : day.format(at) + ', ' + clock.format(at)
  }

  /** The same in a table. */
  tab.Time = ({ at }) => tab.lib.react.createElement('span', { className: 'bridge-time' }, tab.time(at))

  /** A duration in its largest unit, or two. */
  tab.duration = milliseconds => {
    const ms = Math.max(0, Math.round(milliseconds))
    if (ms < 1000) {
      return ms + ' ms'
    }
    const s = ms / 1000
    if (s < 60) {
      return (s < 10 ? s.toFixed(1) : Math.round(s)) + ' s'
    }
    const m = Math.floor(s / 60)
    if (m < 60) {
      return m + ' min ' + Math.round(s % 60) + ' s'
    }
    const hours = Math.floor(m / 60)
    return hours < 48 ? hours + ' h ' + (m % 60) + ' min' : Math.floor(hours / 24) + ' days'
  }

  const whole = new Intl.NumberFormat()

  tab.number = value => (value === null || value === undefined ? '–' : whole.format(value))

  /** A count that the API gives up at. */
  tab.upTo = value => (value >= 10000 ? '10 000 or more' : tab.number(value))

  tab.plural = (count, one, many) => tab.number(count) + ' ' + (count === 1 ? one : many || one + 's')
})(window.bridgeTab)
