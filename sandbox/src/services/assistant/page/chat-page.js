const root = document.getElementById('chat-page')
const { tenant, language, title, askedBy, texts } = JSON.parse(root.dataset.settings)
const [problem, notice, invitationForm, loginForm, account, who, conversation, messages, progress, askForm, stop] = [
  'problem',
  'notice',
  'invitation',
  'login',
  'account',
  'who',
  'conversation',
  'messages',
  'progress',
  'ask',
  'stop',
].map((id) => document.getElementById(id))
const question = document.getElementById('question')
const KEPT = `login:${tenant}`

let login = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null')
let sessionId
let running

function show() {
  const invited = location.hash.startsWith('#invitation=')
  invitationForm.hidden = !invited
  loginForm.hidden = invited || login !== null
  account.hidden = login === null
  who.textContent = login?.user.name || login?.user.email || ''
  conversation.hidden = invited || (login === null && askedBy === 'members')
}

function setLogin(value) {
  login = value
  if (value) sessionStorage.setItem(KEPT, JSON.stringify(value))
  else sessionStorage.removeItem(KEPT)
  startAnew()
  show()
}

function startAnew() {
  running?.abort()
  sessionId = undefined
  messages.replaceChildren()
  progress.textContent = ''
}

/** A request of this page; what refuses it is an error with the service's own words. */
async function send(path, body, signal) {
  const headers = { 'Content-Type': 'application/json', 'Accept-Language': language }
  if (login) headers.Authorization = `Bearer ${login.token}`
  const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body), signal })
  if (response.ok) return response
  const refusal = await response.json().catch(() => ({}))
  if (response.status === 401 && login) {
    setLogin(null)
    throw new Error(texts.loginAgain)
  }
  throw new Error(response.status >= 500 || !refusal.message ? texts.failed : refusal.message)
}

async function attempt(work) {
  problem.textContent = ''
  notice.textContent = ''
  try {
    await work()
  } catch (error) {
    problem.textContent = error instanceof TypeError ? texts.failed : error.message
  }
}

function addMessage(author, text) {
  const item = document.createElement('li')
  item.dataset.author = author
  const name = document.createElement('strong')
  name.textContent = author === 'user' ? texts.you : title
  const content = document.createElement('span')
  content.textContent = text
  item.append(name, content)
  messages.append(item)
  item.scrollIntoView({ block: 'nearest' })
  return { item, content }
}

function addSources(item, sources) {
  if (sources.length === 0) return
  const note = document.createElement('small')
  note.textContent = `${texts.sources}: ${sources.map((source) => source.title).join(', ')}`
  item.append(note)
}

/** Server-sent events of an answer, as they come. */
async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    rest += value
    const blocks = rest.split('\n\n')
    rest = blocks.pop()
    for (const block of blocks) {
      const [, name, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? []
      if (name) yield { name, data: JSON.parse(data) }
    }
  }
}

async function ask() {
  const text = question.value.trim()
  if (text === '' || running) return
  running = new AbortController()
  const { signal } = running
  stop.hidden = false
  progress.textContent = texts.thinking
  addMessage('user', text)
  question.value = ''
  let answer
  try {
    const body = { message: text, tenant_id: tenant, stream: true, ...(sessionId && { session_id: sessionId }) }
    for await (const { name, data } of eventsOf(await send('/api/chat', body, signal))) {
      if (name === 'session') sessionId = data.session_id
      if (name === 'delta') {
        answer ??= addMessage('assistant', '')
        answer.item.ariaBusy = 'true'
        answer.content.textContent += data.text
        answer.item.scrollIntoView({ block: 'nearest' })
      }
      if (name === 'error') throw new Error(texts.failed)
      if (name === 'done') addSources(answer.item, data.sources)
    }
    progress.textContent = ''
  } catch (error) {
    progress.textContent = signal.aborted ? texts.stopped : ''
    if (!signal.aborted) throw error
  } finally {
    if (answer) answer.item.ariaBusy = 'false'
    stop.hidden = true
    running = undefined
  }
}

askForm.addEventListener('submit', (event) => {
  event.preventDefault()
  attempt(ask)
})

question.addEventListener('keydown', (event) => {
  // Enter also ends the composing of a Korean syllable.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  askForm.requestSubmit()
})

stop.addEventListener('click', () => running?.abort())

document.getElementById('anew').addEventListener('click', () => {
  startAnew()
  question.focus()
})

document.getElementById('logout').addEventListener('click', () => setLogin(null))

loginForm.addEventListener('submit', (event) => {
  event.preventDefault()
  attempt(async () => {
    const [email, password] = [document.getElementById('email'), document.getElementById('password')]
    const body = { tenant_id: tenant, email: email.value, password: password.value }
    const { token, user } = await (await send('/api/auth/login', body)).json()
    password.value = ''
    setLogin({ token, user })
    question.focus()
  })
})

invitationForm.addEventListener('submit', (event) => {
  event.preventDefault()
  attempt(async () => {
    const password = document.getElementById('new-password')
    await send('/api/auth/password', { invitation: location.hash.slice(12), password: password.value })
    password.value = ''
    history.replaceState(null, '', location.pathname + location.search)
    show()
    notice.textContent = texts.passwordChosen
  })
})

addEventListener('hashchange', show)
show()
