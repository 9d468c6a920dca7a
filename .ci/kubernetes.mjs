// Validates what was rendered into a folder against the schemas of Kubernetes, and compares base and chart.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parseAllDocuments } from 'yaml'

const folder = process.argv[2]
const require = createRequire(`${folder}/`)
const read = file => parseAllDocuments(readFileSync(`${folder}/${file}`, 'utf8')).map(one => {
  assert.deepEqual(one.errors, [], file)
  return one.toJS()
}).filter(one => one)

/** The model of an object's kind, which validates it against the schema. */
const model = one => require(`${folder}/node_modules/kubernetes-models/${one.apiVersion}/index.js`)[one.kind]

let objects = 0
const validate = (file, one) => {
  if (one.kind === 'PodMonitor') return // a kind of the Prometheus operator
  new (model(one))(one).validate()
  objects++
}

const files = ['base.yaml', 'example.yaml', 'chart.yaml', 'chart-full.yaml', 'routes.yaml']
for (const file of files) for (const one of read(file)) {
  try { validate(file, one) } catch (e) { throw new Error(`${file}: ${one.kind} ${one.metadata?.name}: ${e.message}`) }
}

// The schemas must find what is wrong.
const deployment = file => structuredClone(read(file).find(one => one.kind === 'Deployment'))
for (const break_ of [
  one => { one.spec.template.spec.containers[0].livenessProbe.periodSeconds = 'often' },
  one => { delete one.spec.selector },
  one => { one.spec.template.spec.containers[0].ports[0].containerPort = '8787' },
]) {
  const broken = deployment('base.yaml')
  break_(broken)
  assert.throws(() => validate('broken', broken), 'a fault is overlooked')
}

// A field that is misspelled is dropped by the API server. The compiler finds it: an object literal may have no others.
const types = { v1: 'core/v1', 'networking.k8s.io/v1': 'networking/v1' }
const compile = all => {
  const lines = all.filter(one => one.kind !== 'PodMonitor').map(one =>
    `(${JSON.stringify(one)}) satisfies import('kubernetes-types/${types[one.apiVersion] ?? one.apiVersion}').${one.kind}`)
  writeFileSync(`${folder}/objects.ts`, `${lines.join('\n')}\nexport {}\n`)
  try {
    execFileSync(`${folder}/node_modules/.bin/tsc`, ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--moduleResolution', 'nodenext', `${folder}/objects.ts`])
  } catch (e) { return e.stdout.toString() }
}
assert.equal(compile(files.flatMap(read)), undefined)
const misspelled = deployment('base.yaml')
misspelled.spec.template.spec.containers[0].readinesProbe = {}
assert.match(compile([misspelled]) ?? '', /readinesProbe/)

// Base and chart are the same bridge, but for names, labels and where the image comes from.
const pod = file => {
  const spec = deployment(file).spec
  const { imagePullPolicy, image, envFrom, ...container } = spec.template.spec.containers[0]
  const { topologySpreadConstraints, containers, ...rest } = spec.template.spec
  return { container, rest, strategy: spec.strategy, replicas: spec.replicas, spread: topologySpreadConstraints[0].topologyKey }
}
assert.deepEqual(pod('base.yaml'), pod('chart.yaml'))
const rules = file => {
  const { podSelector, ...rest } = read(file).find(one => one.kind === 'NetworkPolicy').spec
  return rest
}
assert.deepEqual(rules('base.yaml'), rules('chart.yaml'))
const paths = file => read(file).find(one => one.kind === 'Ingress').spec.rules[0].http.paths.map(one => one.path)
assert.deepEqual(paths('example.yaml'), paths('chart-full.yaml'))

// Each selector finds the pods, and each mounted volume exists.
for (const file of files.slice(0, 4)) {
  const { template, selector } = deployment(file).spec
  const labels = template.metadata.labels
  for (const one of read(file)) {
    const wanted = one.spec?.selector?.matchLabels ?? one.spec?.podSelector?.matchLabels ?? (one.kind === 'Service' ? one.spec.selector : {})
    for (const [key, value] of Object.entries(wanted)) assert.equal(labels[key], value, `${file}: ${one.kind} selects ${key}`)
  }
  assert.ok(Object.keys(selector.matchLabels).length > 0)
  const volumes = template.spec.volumes.map(one => one.name).sort()
  assert.deepEqual(template.spec.containers[0].volumeMounts.map(one => one.name).sort(), volumes, file)
  assert.ok(template.spec.terminationGracePeriodSeconds >= 28 + 5 + 1)
  // What an update of the schema may take: 30 s for the database, 30 min for another replica, 5 min for locks
  const { periodSeconds, failureThreshold } = template.spec.containers[0].startupProbe
  assert.ok(periodSeconds * failureThreshold >= 36 * 60, `${file}: a long update of the schema is killed`)
}

const routes = read('routes.yaml')[0]
assert.ok(Object.keys(routes.data).length > 40 && !Object.keys(routes.data).some(name => name.includes('simulated')))
assert.ok(JSON.stringify(routes).length < 1024 * 1024)
console.log(`kubernetes: ${objects} objects are valid, and kustomize and Helm render the same; no cluster was used`)
