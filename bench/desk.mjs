// How quick the desk is in a browser, and what a tab keeps. See README.md. Needs Node 22, or 20 with --experimental-websocket,
// a packaged program, a JDK 25 and Chromium.
import { writeFileSync } from 'node:fs'
import { Chrome } from './desk/chrome.mjs'
import { number, open, options, send, sleep, talk } from './desk/shop.mjs'

const CONVERSATIONS = number('conversations', 120)
const MESSAGES = number('messages', 200)
const PAST = number('past', options.only && !options.only.includes('scrolling') ? 0 : 100_000)
const LONG = 'long@customers.example'

const percentile = (values, p) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor((values.length * p) / 100))] ?? Number.NaN
const head = (...names) => console.log(`\n| ${names.join(' | ')} |\n|---|${'--:|'.repeat(names.length - 1)}`)
const row = (name, values) =>
  console.log(`| ${name} | ${[percentile(values, 50), percentile(values, 95), Math.max(...values)].map((each) => each.toFixed(1)).join(' | ')} | ${values.length} |`)

const LIST = 'document.querySelectorAll("li[aria-posinset] a").length > 5'

async function toList(chrome, shop) {
  await chrome.go(`${shop.address}/inbox/all`)
  await chrome.until(LIST)
  await chrome.run(WATCH)
}

/** A first visit and a second over a line as in a train: how much, in how many pieces, and when the list stands. */
async function loading(chrome, shop) {
  head('first load, 100 ms there and back, 10 Mbit/s', 'requests', 'kB', 'list stands, ms')
  const line = { offline: false, latency: 100, downloadThroughput: 1_250_000, uploadThroughput: 625_000 }
  await chrome.call('Network.emulateNetworkConditions', line)
  for (const [name, cold] of [['nothing kept', true], ['scripts kept', false]]) {
    for (let times = 0; times < 3; times++) {
      if (cold) await chrome.call('Network.clearBrowserCache')
      await chrome.call('Page.navigate', { url: 'about:blank' })
      await sleep(200)
      let requests = 0
      let bytes = 0
      chrome.on('Network.requestWillBeSent', ({ request }) => request.url.startsWith('http') && requests++)
      chrome.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
      const { identifier } = await chrome.call('Page.addScriptToEvaluateOnNewDocument', {
        source: `{ const look = () => { if (${LIST}) window.stoodAt = performance.now(); else requestAnimationFrame(look) }; requestAnimationFrame(look) }`,
      })
      await chrome.call('Page.navigate', { url: `${shop.address}/inbox/all` })
      await chrome.until('window.stoodAt')
      await sleep(2_000)
      const at = await chrome.run('window.stoodAt')
      console.log(`| ${name} | ${requests} | ${(bytes / 1000).toFixed(0)} | ${at.toFixed(0)} |`)
      await chrome.call('Page.removeScriptToEvaluateOnNewDocument', { identifier })
    }
  }
  for (const event of ['Network.requestWillBeSent', 'Network.loadingFinished']) chrome.on(event, () => {})
  await chrome.call('Network.emulateNetworkConditions', { ...line, latency: 0, downloadThroughput: -1, uploadThroughput: -1 })
}

/** From the key to the frame in which the next conversation's messages stand; in the page, by its own clock. */
const WATCH = `window.openings = [];
  performance.setResourceTimingBufferSize(20000);
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'j') return;
    const pressed = event.timeStamp, before = location.pathname;
    const look = () => {
      const id = location.pathname.split('/').pop();
      if (location.pathname === before || !document.querySelector('[data-thread="' + id + '"] article')) return requestAnimationFrame(look);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        const took = performance.now() - pressed;
        const asked = performance.getEntriesByType('resource').filter((each) => each.name.includes('/conversations/' + id + '/messages')).pop();
        window.openings.push({ took, ahead: asked !== undefined && asked.responseEnd <= pressed, after: asked !== undefined && asked.startTime >= pressed });
        window.opened?.();
      };
      channel.port2.postMessage(0);
    };
    requestAnimationFrame(look);
  }, true);`

async function next(chrome) {
  const stands = chrome.run('new Promise((resolve, reject) => { window.opened = resolve; setTimeout(reject, 10000, new Error("nothing opened")) })')
  await chrome.key('j')
  await stands
}

async function openings(chrome, count, pause) {
  await chrome.run('window.openings = []')
  for (let n = 0; n < count; n++) {
    await next(chrome)
    if (pause) await sleep(pause)
  }
  return chrome.run('window.openings')
}

async function opening(chrome, shop) {
  await toList(chrome, shop)
  // The first few have the browser compile what the others use.
  await openings(chrome, 5, 700)
  const count = number('openings', 40)
  const rested = await profiled(chrome, 'opening', () => openings(chrome, count, 700))
  const hurried = await openings(chrome, count, 0)
  head('next conversation, key to paint, ms', 'p50', 'p95', 'most', 'of')
  row('fetched ahead', rested.filter(({ ahead }) => ahead).map(({ took }) => took))
  row('asked for only then', hurried.filter(({ after }) => after).map(({ took }) => took))
}

const TYPED = `window.letters = []; window.tasks = [];
  new PerformanceObserver((list) => list.getEntries().forEach((each) => window.tasks.push(each.duration))).observe({ type: 'longtask' });
  window.addEventListener('keydown', (event) => {
    const pressed = event.timeStamp;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.letters.push(performance.now() - pressed);
      channel.port2.postMessage(0);
    });
  }, true);`

async function typing(chrome, shop) {
  const customers = await shop.api('GET', `/customers?q=${LONG}`)
  const { id } = (await shop.api('GET', `/conversations?customer=${customers.items[0].id}`)).items[0]
  await chrome.go(`${shop.address}/inbox/all/${id}`)
  await chrome.until('document.querySelector("[data-thread] article")')
  await chrome.key('Home')
  await chrome.until(`document.querySelectorAll("[data-message]").length >= ${MESSAGES}`)
  await sleep(1_000)
  await chrome.key('End')
  await sleep(500)
  await chrome.key('r')
  await chrome.until('document.activeElement?.classList.contains("tiptap")')
  await sleep(1_000)
  await chrome.run(TYPED)
  const work = []
  const tasks = async () => (await chrome.call('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value * 1000
  await profiled(chrome, 'typing', async () => {
    for (const letter of 'Thank you for your patience, the parcel is on its way. '.repeat(3)) {
      const before = await tasks()
      await chrome.key(letter)
      await sleep(40)
      work.push((await tasks()) - before)
    }
  })
  head(`a letter typed below ${MESSAGES} messages, ms`, 'p50', 'p95', 'most', 'of')
  row('key to paint', await chrome.run('window.letters'))
  row('all work of the page in the 40 ms after it', work)
  const long = await chrome.run('window.tasks')
  console.log(`\nTasks of 50 ms or more meanwhile: ${long.length}, the longest ${Math.max(0, ...long).toFixed(0)} ms. Frames of mails: ${await chrome.run('document.querySelectorAll("iframe").length')}.`)
}

const FRAMES = `window.frames_ = []; window.empty = 0; window.scrolling = true;
  { let before = null;
    const list = document.querySelector('li[aria-posinset]').closest('ul').parentElement;
    const frame = (at) => {
      if (before !== null) window.frames_.push(at - before);
      before = at;
      const box = list.getBoundingClientRect();
      const there = document.elementsFromPoint(box.left + 80, box.top + box.height / 2).some((each) => each.matches('li[aria-posinset] *'));
      if (!there) window.empty++;
      if (window.scrolling) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame); }`

async function scrolling(chrome, shop) {
  await toList(chrome, shop)
  // Spam is not in it.
  await chrome.until(`Number(document.querySelector("li[aria-posinset]").ariaSetSize) > ${PAST * 0.9}`)
  const total = await chrome.run('Number(document.querySelector("li[aria-posinset]").ariaSetSize)')
  const box = await chrome.run('(() => { const { left, top, width, height } = document.querySelector("li[aria-posinset]").closest("ul").parentElement.getBoundingClientRect(); return { x: left + width / 2, y: top + height / 2 } })()')
  head(`scrolling a list of ${total.toLocaleString('en')}: time between frames, ms`, 'p50', 'p95', 'most', 'of', 'longer than 50 ms', 'without rows')
  for (const [name, speed, distance] of [['by the wheel, 2,000 px/s', 2_000, 12_000], ['flung, 20,000 px/s', 20_000, 120_000]]) {
    await chrome.run(FRAMES)
    await profiled(chrome, `scrolling-${speed}`, () =>
      chrome.call('Input.synthesizeScrollGesture', { ...box, yDistance: -distance, speed, gestureSourceType: 'mouse', preventFling: true }),
    )
    const { frames, empty } = await chrome.run('window.scrolling = false, { frames: window.frames_, empty: window.empty }')
    const values = [percentile(frames, 50), percentile(frames, 95), Math.max(...frames)].map((each) => each.toFixed(1)).join(' | ')
    console.log(`| ${name} | ${values} | ${frames.length} | ${frames.filter((each) => each > 50).length} | ${empty} |`)
    await sleep(1_000)
  }
  const jumps = []
  for (let n = 1; n <= 20; n++) {
    jumps.push(
      await chrome.run(`new Promise((resolve) => {
        const list = document.querySelector('li[aria-posinset]').closest('ul').parentElement;
        const begun = performance.now();
        list.scrollTop = list.scrollHeight * ${((n * 7) % 20) / 20};
        const look = () => {
          const box = list.getBoundingClientRect();
          const rows = [...document.querySelectorAll('li[aria-posinset]')].filter((each) => { const at = each.getBoundingClientRect(); return at.bottom > box.top && at.top < box.bottom });
          if (rows.length > 5 && rows.every((each) => !each.hasAttribute('aria-busy'))) resolve(performance.now() - begun);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      })`),
    )
    await sleep(300)
  }
  head('a jump to another place of it, ms', 'p50', 'p95', 'most', 'of')
  row('until all rows in sight are read', jumps)
}

async function memory(chrome, shop) {
  await toList(chrome, shop)
  head('conversations opened and closed', 'heap, MB', 'elements', 'listeners', 'documents')
  const round = 100
  for (let done = 0; done < number('times', 500); ) {
    // From the top of the list again, where the mails with pictures and a layout are.
    await chrome.run('document.querySelector("li[aria-posinset]").closest("ul").parentElement.scrollTo(0, 0)')
    for (let n = 0; n < round; n++, done++) {
      await next(chrome)
      await sleep(60)
    }
    await chrome.key('Escape')
    await chrome.until('document.querySelector("[data-thread]") === null')
    await sleep(2_000)
    const { heap, nodes, listeners, documents } = await chrome.memory()
    console.log(`| ${done} | ${heap.toFixed(1)} | ${nodes} | ${listeners} | ${documents} |`)
  }
}

/** With --profile=folder, what the processor did meanwhile: for the "Performance" panel of a browser's own tools. */
async function profiled(chrome, name, work) {
  if (!options.profile) return work()
  await chrome.call('Profiler.enable')
  await chrome.call('Profiler.start')
  const result = await work()
  const { profile } = await chrome.call('Profiler.stop')
  writeFileSync(`${options.profile}/${name}.cpuprofile`, JSON.stringify(profile))
  return result
}

const SECTIONS = { loading, opening, typing, scrolling, memory }

async function main() {
  const wanted = Object.keys(SECTIONS).filter((each) => !options.only || options.only.split(',').includes(each))
  const shop = await open(PAST)
  let chrome = null
  try {
    console.log(`## The desk in a browser\n\n${shop.machine}  \n${shop.past}`)
    const mails = talk('Long Letter', LONG, 'A long story', wanted.includes('typing') ? MESSAGES : 6)
    for (let n = 0; n < CONVERSATIONS; n++) mails.push(...talk(`Customer ${n}`, `customer${n}@customers.example`, `Order ${1000 + n}`, 6, n))
    await send(shop, mails)
    chrome = await Chrome.open()
    await chrome.signIn(shop)
    for (const section of wanted) {
      await SECTIONS[section](chrome, shop).catch((error) => console.log(`\n${section} failed: ${error.message}`))
    }
    if (chrome.errors.size > 0) console.log(`\nErrors of the page:\n${[...chrome.errors].join('\n')}`)
  } finally {
    await chrome?.close()
    await shop.close()
  }
}

await main()
