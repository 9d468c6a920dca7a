/* Creating a subscriber of any kind that the API can create for somebody else. */
;(function (tab) {
  'use strict'
  const { createElement: h } = tab.lib.react

  tab.subscriberKinds = {
    webhook: 'Webhook subscription',
    realtime: 'Supabase Realtime',
    odoo: 'Odoo',
    kafka: 'Kafka',
    pull: 'Pull',
  }
  tab.subscriberModes = {
    rest: 'rest: sent by HTTP',
    trigger: 'trigger: sent by the database, nothing is queued',
    deliveries: 'deliveries: one row for each event',
    stream: 'stream: read in order, nothing is queued',
  }

  const is =
    (...kinds) =>
    values =>
      kinds.includes(values.kind)
  const startsAnywhere = values =>
    values.kind === 'pull' || (values.kind === 'kafka' && values.streamMode === 'stream')
  const mode = name => [name, tab.subscriberModes[name]]

  const FIELDS = [
    {
      name: 'kind',
      label: 'Kind',
      value: 'webhook',
      choices: [
        ['webhook', 'Webhook subscription: calls an address'],
        ['realtime', 'Supabase Realtime: broadcasts to channels'],
        ['kafka', 'Kafka: writes to a topic'],
        ['pull', 'Pull: a program fetches the events'],
      ],
    },
    { name: 'name', label: 'Name', example: 'crm', isRequired: true },
    {
      name: 'url',
      label: 'Address',
      example: 'https://crm.example.com/hooks/odoo',
      type: 'url',
      isRequired: true,
      when: is('webhook'),
    },
    {
      name: 'realtimeMode',
      label: 'Mode',
      value: 'rest',
      choices: [mode('rest'), mode('trigger')],
      when: is('realtime'),
    },
    {
      name: 'streamMode',
      label: 'Mode',
      value: 'deliveries',
      choices: [mode('deliveries'), mode('stream')],
      when: is('kafka'),
    },
    {
      name: 'topic',
      label: 'Topic',
      example: 'odoo.{model}',
      help: 'Empty: the default. {company} and {model} are filled in for each event.',
      when: is('realtime', 'kafka'),
    },
    {
      name: 'types',
      label: 'Asks for',
      example: 'res.partner.*, sale.order.confirmed',
      help: 'Empty: everything but the bridge’s own events.',
    },
    {
      name: 'filter',
      label: 'Filter',
      example: '$.payload.amount_total > 1000',
      help: 'Empty: all of them. A condition in jsonpath on $.payload and $.changed.',
    },
    {
      name: 'format',
      label: 'Contents',
      value: 'full',
      choices: [
        ['full', 'with the contents of the record'],
        ['thin', 'without; the receiver fetches them'],
      ],
    },
    {
      name: 'start',
      label: 'Starts with',
      value: 'now',
      choices: [
        ['now', 'events from now on'],
        ['beginning', 'all stored events'],
      ],
      when: startsAnywhere,
    },
  ]

  const list = text =>
    text
      .split(',')
      .map(one => one.trim())
      .filter(Boolean)

  /** What the API takes: fields of other kinds, and empty ones, are left out. */
  const definition = values => {
    const shown = Object.fromEntries(
      FIELDS.filter(field => !field.when || field.when(values))
        .map(field => [field.name, values[field.name].trim()])
        .filter(([, value]) => value !== ''),
    )
    const { types, realtimeMode, streamMode, ...same } = shown
    return {
      ...same,
      ...(types ? { event_types: list(types) } : {}),
      ...(realtimeMode || streamMode ? { mode: realtimeMode || streamMode } : {}),
    }
  }

  tab.CreateSubscriber = ({ done }) =>
    h(tab.Act, {
      label: 'Create a subscriber',
      variant: 'primary',
      needsWhy: false,
      title: 'Create a subscriber',
      text: 'It receives events from now on. To send it earlier ones, start a replay afterwards.',
      fields: FIELDS,
      act: values => tab.call('POST', '/bridge/subscribers', definition(values)),
      done,
      show: result => h(tab.Secret, { result }),
    })
})(window.bridgeTab)
