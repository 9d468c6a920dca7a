// Passes the calls of this function on to the bridge at BRIDGE_URL, byte by byte: what was signed stays signed.
// Deploy it under the name of the original function, odoo_event_ingest or push_to_odoo; it keeps its name.
const bridge = Deno.env.get('BRIDGE_URL')?.replace(/\/+$/, '')
if (!bridge) throw new Error('BRIDGE_URL is not set: supabase secrets set BRIDGE_URL=https://bridge.example.com')

Deno.serve(async (request) => {
  const { pathname, search } = new URL(request.url)
  const name = pathname.split('/').pop()
  if (name !== 'odoo_event_ingest' && name !== 'push_to_odoo') return new Response('Not found', { status: 404 })
  const headers = new Headers(request.headers)
  // Of this connection, not of the call; and an answer that is compressed would be unpacked on the way.
  for (const own of ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding']) headers.delete(own)
  headers.set('accept-encoding', 'identity')
  const body = request.method === 'GET' || request.method === 'HEAD' ? undefined : await request.arrayBuffer()
  try {
    const answer = await fetch(`${bridge}/functions/v1/${name}${search}`, { method: request.method, headers, body, redirect: 'manual' })
    return new Response(answer.body, answer)
  } catch {
    // Odoo keeps its events and sends them again.
    return new Response('The bridge does not answer', { status: 503, headers: { 'retry-after': '5' } })
  }
})
