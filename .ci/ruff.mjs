// Lints the addons' Python with the rules of the Odoo community's template: node ruff.mjs FOLDER, beside an installed
// @astral-sh/ruff-wasm-nodejs.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Workspace, PositionEncoding } from '@astral-sh/ruff-wasm-nodejs'

const workspace = new Workspace({
  'target-version': 'py310',
  'line-length': 88,
  lint: { select: ['B', 'C90', 'E', 'F', 'I', 'UP', 'W'], mccabe: { 'max-complexity': 16 },
    isort: { 'section-order': ['future', 'standard-library', 'third-party', 'odoo', 'odoo-addons', 'first-party', 'local-folder'],
      sections: { odoo: ['odoo'], 'odoo-addons': ['odoo.addons'] } } },
}, PositionEncoding.Utf32)

let files = 0
let faults = 0
for (const name of readdirSync(process.argv[2], { recursive: true }).filter(each => each.endsWith('.py')).sort()) {
  files++
  // A package imports its modules and does not use them; a manifest is an expression.
  const ignored = name.endsWith('__init__.py') ? ['F401', 'I001'] : name.endsWith('__manifest__.py') ? ['B018'] : []
  for (const { code, message, start_location: at } of workspace.check(readFileSync(join(process.argv[2], name), 'utf8'))) {
    if (ignored.includes(code)) continue
    faults++
    console.log(`${name}:${at.row}:${at.column}: ${code} ${message}`)
  }
}
console.log(`ruff: ${files} files, ${faults} faults`)
process.exit(files > 0 && faults === 0 ? 0 : 1)
