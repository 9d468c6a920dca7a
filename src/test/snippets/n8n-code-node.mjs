// Runs the README's n8n Code node as n8n does: with $input, $env, require and this.helpers.
// Arguments: the node's code, the request's headers as JSON, the secret; the raw body comes by standard input.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const [code, headers, secret] = process.argv.slice(2)
const raw = readFileSync(0)
const AsyncFunction = (async () => {}).constructor
const node = new AsyncFunction('$input', '$env', 'require', readFileSync(code, 'utf8'))
try {
  const items = await node.call(
    { helpers: { getBinaryDataBuffer: async () => raw } },
    { first: () => ({ json: { headers: JSON.parse(headers) } }) },
    { BRIDGE_WEBHOOK_SECRET: secret },
    createRequire(import.meta.url))
  console.log(JSON.stringify(items))
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
