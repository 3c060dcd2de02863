// Builds the desk: installs its packages when the lock file has changed, and builds when a source has.
import { createHash } from 'node:crypto'
import { execSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const web = dirname(fileURLToPath(import.meta.url))
const out = join(web, '..', 'target', 'classes', 'static')
const stamps = join(web, '..', 'target', 'web')

function files(folder) {
  return readdirSync(folder)
    .filter((name) => name !== 'node_modules')
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory() ? files(path) : [path]
    })
}

function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(path).update(readFileSync(path))
  return hash.digest('hex')
}

function unlessDone(name, print, evidence, work) {
  const stamp = join(stamps, name)
  if (existsSync(stamp) && existsSync(evidence) && readFileSync(stamp, 'utf8') === print) return
  work()
  mkdirSync(stamps, { recursive: true })
  writeFileSync(stamp, print)
}

const desk = join(web, 'desk')
const run = (command) => execSync(command, { cwd: desk, stdio: 'inherit' })
unlessDone('desk.packages', fingerprint([join(desk, 'package-lock.json')]), join(desk, 'node_modules'), () =>
  run('npm ci --no-audit --no-fund'),
)
unlessDone('desk.build', fingerprint(files(desk)), join(out, 'index.html'), () => run('npm run build'))
