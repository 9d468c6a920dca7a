// Runs the README's supabase-js subscriber against a small stand-in for Supabase that loses, repeats and
// reorders broadcasts, cuts the socket, and commits an earlier id later. Every event must be handled once.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

const rows = []
const add = id => rows.push({ id, event_type: 'res.partner.updated', resource_id: String(id), payload: {} })
const other = id => rows.push({ id, event_type: 'sale.order.created', resource_id: '1', payload: {} })
const sockets = new Set()
const joins = []

const http = createServer((request, response) => {
  const query = new URL(request.url, 'http://x').searchParams
  const after = Number(query.get('id').replace('gt.', ''))
  const prefix = query.get('event_type').replace('like.', '').replace('%', '')
  const page = rows.filter(row => row.id > after && row.event_type.startsWith(prefix))
    .sort((a, b) => a.id - b.id).slice(0, Number(query.get('limit')))
  response.setHeader('content-type', 'application/json').end(JSON.stringify(page))
})
new WebSocketServer({ server: http }).on('connection', socket => {
  sockets.add(socket)
  socket.on('close', () => sockets.delete(socket))
  socket.on('message', message => {
    const [joinRef, ref, topic, event, payload] = JSON.parse(message)
    if (event === 'phx_join') {
      joins.push({ topic, private: payload.config.private })
      socket.topic = topic
      socket.joinRef = joinRef
    }
    socket.send(JSON.stringify([joinRef, ref, topic, 'phx_reply', { status: 'ok', response: { postgres_changes: [] } }]))
  })
})
const hint = id => sockets.forEach(socket => socket.topic && socket.send(JSON.stringify(
  [socket.joinRef, null, socket.topic, 'broadcast', { type: 'broadcast', event: 'res.partner.updated', payload: { id } }])))

await new Promise(resolve => http.listen(0, '127.0.0.1', resolve))
const handled = []
const errors = []
const flags = globalThis.WebSocket ? [] : ['--experimental-websocket']   // before Node 22
const subscriber = spawn(process.execPath, [...flags, process.argv[2]], { env: { ...process.env,
  SUPABASE_URL: `http://127.0.0.1:${http.address().port}`, SUPABASE_KEY: 'sb_secret_0123456789', LAST_ID: '3' } })
subscriber.stdout.on('data', text => String(text).trim().split('\n').forEach(line => handled.push(Number(line.split(' ')[0]))))
subscriber.stderr.on('data', text => errors.push(String(text)))

async function until(what, condition) {
  for (const start = Date.now(); !condition(); await new Promise(resolve => setTimeout(resolve, 20))) {
    if (Date.now() - start > 30_000) {
      throw new Error(`${what}; handled ${handled}; ${errors.join('')}`)
    }
  }
}

try {
  for (let id = 1; id <= 700; id++) add(id)                       // what was missed, more than a page
  await until('catches up after its start', () => handled.length >= 697)
  await until('joins', () => joins.length === 1)
  add(703); other(702); hint(703); hint(703)                      // repeated; 701 is not committed yet
  await until('a broadcast makes it read on', () => handled.includes(703))
  add(701); add(704); hint(704)                                   // committed late
  await until('an id that came late is not left out', () => handled.includes(701) && handled.includes(704))
  sockets.forEach(socket => socket.terminate())
  add(705)                                                        // while it was away
  await until('reads on after a reconnect', () => handled.includes(705))
  const once = handled.filter(id => id > 3)
  if (new Set(once).size !== once.length) throw new Error(`handled twice: ${once.filter((id, i) => once.indexOf(id) !== i)}`)
  if (once.length !== 701) throw new Error(`handled ${once.length} of 701`)
  if (joins[0].topic !== 'realtime:odoo:1:res.partner' || joins[0].private !== true) throw new Error(JSON.stringify(joins))
  console.log(`supabase-js: ${once.length} events handled once each, ${joins.length} joins`)
} finally {
  subscriber.kill()
  http.close()
  http.closeAllConnections()
  sockets.forEach(socket => socket.terminate())
}
