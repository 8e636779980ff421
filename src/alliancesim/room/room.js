// The room: mount(el, link) shows it in an element; a link sends requests and hands on replies.
// One module, no dependency. All text reaches the page as text, never as markup.

const SVG = 'http://www.w3.org/2000/svg';
const NOTICE = 'Illustrative and hypothetical: not a forecast, and no statement on any state’s intentions.';
const DOMAINS = ['manpower', 'materiel', 'strike', 'industry', 'finance'];
const percent = (x) => `${Math.round(100 * x)}%`;

function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((each) => each != null && each !== false));
  return made;
}

function s(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function bar(value, label) {
  return s('svg', { class: 'bar', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    s('rect', { class: 'ground', width: 100, height: 8 }),
    s('rect', { class: 'filled', width: 100 * Math.min(Math.max(value, 0), 1), height: 8 }));
}

function curve(a, b, bend) {
  const [x, y] = a, [u, v] = b;
  const mx = (x + u) / 2 - bend * (v - y), my = (y + v) / 2 + bend * (u - x);
  return `M${x} ${y}Q${mx.toFixed(0)} ${my.toFixed(0)} ${u} ${v}`;
}

class MapView {
  constructor(board, label) {
    this.board = board;
    const [width, height] = board.map.size;
    this.lines = s('g');
    this.states = {};
    this.svg = s('svg', { class: 'map', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label });
    this.svg.append(s('rect', { class: 'sea', width, height }), s('path', { class: 'land', d: board.map.land }));
    for (const [x, y, w, t] of board.map.boxes) this.svg.append(s('rect', { class: 'inset', x, y, width: w, height: t }));
    const labels = s('g');
    for (const state of board.states) {
      const place = board.map.states[state.id];
      const path = place.path ? s('path', { d: place.path }) : s('circle', { cx: place.at[0], cy: place.at[1], r: 26 });
      path.append(s('title', {}, state.name));
      this.states[state.id] = path;
      this.svg.append(path);
      labels.append(s('text', { x: place.at[0], y: place.at[1] + 5 }, state.id));
    }
    this.svg.append(this.lines, labels);
  }

  update(view, yours) {
    const at = (id) => this.board.map.states[id].at;
    for (const state of this.board.states) {
      const kinds = ['state'];
      if (this.board.focus.includes(state.id)) kinds.push('focus');
      if (view.states[state.id].wars) kinds.push('fighting');
      if (yours.includes(state.id)) kinds.push('yours');
      this.states[state.id].setAttribute('class', kinds.join(' '));
    }
    const lines = this.board.rivals.map(([a, b]) => s('path', { class: 'rival', d: curve(at(a), at(b), -0.12) }));
    const owed = new Map();
    for (const pact of view.pacts) {
      const key = `${pact.a} ${pact.b}`, known = owed.get(key);
      if (!known || pact.added > known.added || pact.level > known.level) owed.set(key, pact);
    }
    for (const pact of owed.values()) {
      const kind = `pact level${pact.level}${pact.added ? ' added' : ''}${pact.added && this.board.arm.hypothetical ? ' supposed' : ''}`;
      lines.push(s('path', { class: kind, d: curve(at(pact.a), at(pact.b), 0.12) }));
    }
    for (const call of view.calls) lines.push(s('path', { class: 'call', d: curve(at(call.to), at(call.from), 0.2) }));
    for (const war of view.wars) {
      lines.push(s('path', { class: 'war', d: curve(at(war.challenger), at(war.target), 0) }));
      for (const each of war.with_challenger) lines.push(s('path', { class: 'force', d: curve(at(each), at(war.challenger), 0.05) }));
      for (const each of war.with_target) lines.push(s('path', { class: 'force', d: curve(at(each), at(war.target), 0.05) }));
    }
    this.lines.replaceChildren(...lines);
  }
}

const KEY = [['pact level3', 'owe help'], ['pact level3 added', 'added by this arm'], ['pact level3 added supposed', 'hypothetical'],
  ['rival', 'rivals'], ['call', 'answered a call'], ['war', 'war'], ['force', 'committed forces']];

function mapKey() {
  return h('ul', { class: 'key' }, KEY.map(([kind, words]) => h('li', {},
    s('svg', { viewBox: '0 0 40 10', 'aria-hidden': 'true' }, s('path', { class: kind, d: 'M2 5L38 5' })), words)));
}

export function mount(root, link) {
  const store = window.sessionStorage;
  const state = { hello: null, scenario: null, board: null, view: null, game: '', chronicle: [], serial: -1, arm: '', timer: 0, decided: -1, asked: '' };
  const tokens = () => JSON.parse(store.getItem(`room ${state.game}`) || '{}');
  const ask = (what, more = {}) => link.send({ do: what, ...more });
  const name = (id) => (state.board.states.find((each) => each.id === id) || { name: id }).name;

  const status = h('p', { id: 'status', role: 'status', 'aria-live': 'polite' });
  const problem = h('p', { id: 'problem', role: 'alert' });
  const main = h('main', { id: 'main' });
  root.classList.add('alliancesim-room');
  root.replaceChildren(
    h('header', {}, h('h1', {}, 'A decade, played'), h('p', { class: 'notice', id: 'notice' }, NOTICE)),
    problem, main);

  // -- before a game ------------------------------------------------------------------------

  function lobby() {
    stop();
    const { hello, scenario } = state;
    if (!hello || !scenario) return;
    const picked = h('select', { id: 'scenario', onchange: () => ask('describe', { scenario: picked.value }) },
      hello.scenarios.map((each) => h('option', { value: each, selected: each === scenario.name }, each)));
    const arm = h('select', { id: 'arm' }, scenario.arms.map((each) => h('option', { value: each.name },
      `${each.name}: ${each.title}`)));
    if (scenario.arms.length > 1) arm.selectedIndex = 1;
    const seats = scenario.states.map((each) => h('label', { class: 'choice' },
      h('input', { type: 'checkbox', name: 'seat', value: each.id, checked: each.id === (scenario.focus[0] || scenario.states[0].id) }), each.name));
    const world = h('input', { id: 'world', type: 'number', min: 0, max: 999999, step: 1, placeholder: 'a fresh one' });
    const seed = h('input', { id: 'seed', type: 'number', min: 0, max: 999999, step: 1, value: 1 });
    const begin = (event) => {
      event.preventDefault();
      const chosen = [...main.querySelectorAll('input[name=seat]:checked')].map((each) => each.value);
      open({ scenario: scenario.name, arm: arm.value, seats: chosen, seed: Number(seed.value) || 0,
        world: world.value === '' ? null : Number(world.value) });
    };
    const file = h('input', { id: 'file', type: 'file', accept: '.json,application/json', onchange: async () => {
      try { open(JSON.parse(await file.files[0].text())); } catch { complain('This file is no saved game.'); }
    } });
    main.replaceChildren(
      h('form', { class: 'card', onsubmit: begin }, h('h2', {}, 'Begin a game'),
        h('label', { for: 'scenario' }, 'Scenario'), picked, h('p', { class: 'small' }, scenario.title),
        h('label', { for: 'arm' }, 'Arm: which treaties stand'), arm,
        h('fieldset', {}, h('legend', {}, 'Seats: states that people decide for'), h('div', { class: 'choices' }, seats)),
        h('div', { class: 'pair' },
          h('div', {}, h('label', { for: 'world' }, 'World, by number'), world),
          h('div', {}, h('label', { for: 'seed' }, 'Seed'), seed)),
        h('button', { class: 'first', id: 'begin' }, 'Begin')),
      h('section', { class: 'card', 'aria-labelledby': 'join-h' }, h('h2', { id: 'join-h' }, 'Join a game'),
        hello.games.length ? h('ul', { class: 'plain' }, hello.games.map((each) => h('li', {}, h('button', { onclick: () => join(each.id) },
          `Game ${each.id}: ${each.arm}, month ${each.month}; free seats: ${each.free.join(', ') || 'none'}`)))) : h('p', {}, 'No game is open.')),
      h('section', { class: 'card', 'aria-labelledby': 'load-h' }, h('h2', { id: 'load-h' }, 'Load a game'),
        h('ul', { class: 'plain', id: 'saved' }, hello.saved.map((each) => h('li', {}, h('button', { onclick: () => ask('open', { saved: each }) }, each)))),
        h('label', { for: 'file' }, 'From a file'), file));
  }

  function open(game) { complain('Setting up; the first time takes some seconds.', true); ask('open', { game }); }
  function join(game) { state.game = game; ask('join', { game, tokens: Object.values(tokens()) }); }
  function complain(text, quiet = false) { problem.textContent = text; problem.classList.toggle('quiet', quiet); }

  // -- a game -------------------------------------------------------------------------------

  let ui = null;

  function table(board) {
    Object.assign(state, { board, chronicle: [], serial: -1, view: null, arm: '', decided: -1, game: board.game });
    const button = (id, text, action, more = {}) => h('button', { id, onclick: action, ...more }, text);
    ui = {
      map: new MapView(board, `Map of pacts, rivalries and wars in arm ${board.arm.name}`),
      month: h('strong', { id: 'month' }), seats: h('div', { id: 'seats', class: 'row' }), decision: h('section', { id: 'decision', class: 'card', 'aria-labelledby': 'decision-h' }),
      log: h('div', { id: 'log', role: 'log', 'aria-label': 'Chronicle', tabindex: 0 }, h('ol', {})),
      line: s('svg', { class: 'timeline', viewBox: '0 0 1000 30', preserveAspectRatio: 'none', role: 'img', 'aria-label': 'Time line of disputes and wars' }),
      strength: h('div', { id: 'strength' }), beside: h('div', { id: 'beside' }), debrief: h('section', { id: 'debrief', class: 'card', hidden: true, 'aria-labelledby': 'debrief-h' }),
      play: button('play', 'Play', toggle), step: button('step', 'Step a month', () => ask('step')),
      run: button('run', 'Run to the next decision', () => ask('run')), finish: button('finish', 'Fast forward to the end', finish),
      pause: button('pause', 'Pause for all', () => ask('pause', { on: !state.view.paused })),
      model: button('model', 'Decide as the model', () => ask('model')),
      save: button('save', 'Save', () => ask('save')), link: button('link', 'Link that replays it', () => ask('record')),
      out: button('out', 'Leave', () => { state.game = ''; state.board = null; history.replaceState(null, '', location.pathname); ask('hello'); }),
      linked: h('p', { id: 'linked' }),
    };
    const arm = h('select', { id: 'other', onchange: () => { state.arm = arm.value; state.asked = ''; beside(); } }, h('option', { value: '' }, 'none'),
      board.arms.map((each) => h('option', { value: each.name }, `${each.name}${each.name === board.arm.name ? ' (without seats)' : ''}: ${each.title}`)));
    main.replaceChildren(
      h('div', { class: 'top' }, h('p', {}, h('b', {}, board.arm.title), ` · world ${board.world}, seed ${board.seed} · game ${board.game}`),
        h('p', {}, ui.month), status, ui.seats),
      h('div', { class: 'controls', role: 'group', 'aria-label': 'Course of the world' }, ui.play, ui.step, ui.run, ui.finish, ui.model, ui.pause),
      ui.decision,
      h('div', { class: 'columns' },
        h('section', { class: 'card', 'aria-labelledby': 'map-h' }, h('h2', { id: 'map-h' }, 'Map'), ui.map.svg, mapKey(), h('p', { class: 'small' }, board.map.note), ui.line,
          h('p', { class: 'small' }, 'Time line: bars above are disputes, dark ones wars; the mark is the present month.')),
        h('section', { class: 'card', 'aria-labelledby': 'log-h' }, h('h2', { id: 'log-h' }, 'Chronicle'), ui.log)),
      ui.debrief,
      h('div', { class: 'columns' },
        h('section', { class: 'card', 'aria-labelledby': 'strength-h' }, h('h2', { id: 'strength-h' }, 'Strength'), ui.strength),
        h('section', { class: 'card', 'aria-labelledby': 'beside-h' }, h('h2', { id: 'beside-h' }, 'The same world in another arm'),
          h('label', { for: 'other' }, 'Arm, by the model alone'), arm, ui.beside)),
      h('div', { class: 'controls', role: 'group', 'aria-label': 'Save and leave' }, ui.save, ui.link, ui.out), ui.linked);
    ui.decision.hidden = true;
    try { history.replaceState(null, '', `#game=${board.game}`); } catch { /* a notebook's cell */ }
  }

  function mayMove(view) { return view.facilitator || (view.yours.length && !view.paused); }

  function show(view) {
    if (!ui || view.serial < state.serial) return;
    if (view.from > state.chronicle.length) { ask('look'); return; }
    const focused = document.activeElement;
    state.serial = view.serial;
    state.view = view;
    state.chronicle.length = view.from;
    state.chronicle.push(...view.chronicle);
    const list = ui.log.firstChild;
    while (list.children.length > view.from) list.lastChild.remove();
    for (const [, text] of view.chronicle) list.append(h('li', {}, text));
    ui.log.scrollTop = ui.log.scrollHeight;
    ui.map.update(view, view.yours);
    ui.month.textContent = view.over ? `The decade is over: ${view.month} months.` : `${view.label}, month ${view.month} of ${state.board.horizon}`;
    status.textContent = view.paused ? 'The facilitator has paused.' : view.over ? 'Read the debrief below.'
      : view.waits ? (view.decision ? `${name(view.waits)}: you decide.` : `${name(view.waits)} decides.`) : 'No decision waits.';
    seats(view);
    const moves = mayMove(view), waiting = Boolean(view.waits) || view.over;
    for (const each of [ui.play, ui.step, ui.run]) each.disabled = !moves || waiting;
    const all = view.facilitator || (moves && state.board.seats.every((each) => view.yours.includes(each)));
    ui.finish.disabled = !all || view.over;
    ui.model.hidden = !view.facilitator;
    ui.model.disabled = !view.waits;
    ui.pause.hidden = !view.facilitator;
    ui.pause.textContent = view.paused ? 'Go on' : 'Pause for all';
    timeline(view);
    strength(view);
    decision(view);
    if (view.over && ui.debrief.hidden) ask('debrief');
    if (waiting || view.paused) stop();
    else if (state.timer) state.timer = setTimeout(() => ask('step'), 600);
    beside();
    if (focused instanceof HTMLElement && focused.disabled) {
      const next = view.decision ? ui.decision.querySelector('button') : view.over ? ui.save : [ui.step, ui.finish].find((each) => !each.disabled);
      if (next) next.focus();
    }
  }

  function toggle() {
    if (state.timer) { stop(); return; }
    state.timer = 1;
    ui.play.textContent = 'Stop';
    ask('step');
  }

  function stop() {
    clearTimeout(state.timer);
    state.timer = 0;
    if (ui) ui.play.textContent = 'Play';
  }

  function finish() { stop(); status.textContent = 'Playing to the end, every seat as the model decides.'; ask('finish'); }

  function seats(view) {
    const text = JSON.stringify([view.taken, view.yours]);
    if (ui.seats.dataset.text === text) return;
    ui.seats.dataset.text = text;
    ui.seats.replaceChildren(...state.board.seats.map((each) => view.yours.includes(each)
      ? h('span', { class: 'tag yours' }, `You are ${name(each)}`)
      : view.taken.includes(each) ? h('span', { class: 'tag' }, `${name(each)}: taken`)
        : h('button', { class: 'take', 'data-seat': each, onclick: () => { ask('take', { seat: each }); ui.step.focus(); } }, `Take ${name(each)}`)),
      view.facilitator ? h('span', { class: 'tag' }, 'You facilitate') : view.yours.length ? '' : h('span', { class: 'tag' }, 'You watch'));
  }

  function decision(view) {
    const found = view.decision;
    if (!found) { ui.decision.hidden = true; ui.decision.replaceChildren(); state.decided = -1; return; }
    if (state.decided === found.number) return;
    state.decided = found.number;
    ui.decision.hidden = false;
    const duties = found.duties.map((each) => h('details', { open: each.owed && found.answers },
      h('summary', {}, `${each.words} · ${each.said}`),
      h('ol', {}, each.chain.map((step) => h('li', { class: step.outcome.replace(' ', '-') },
        h('b', {}, `${step.step}${step.article ? `, ${step.article}` : ''}: ${step.outcome}. `), step.words)))));
    const options = found.options.map((each) => h('button', { 'data-option': each.value, onclick: () => {
      for (const other of ui.decision.querySelectorAll('button')) other.disabled = true;
      ask('decide', { seat: found.state, option: each.value, number: found.number });
    } }, each.words));
    ui.decision.replaceChildren(
      h('h2', { id: 'decision-h', tabindex: -1 }, `${name(found.state)}: ${found.question}`),
      found.how ? h('p', {}, `The dispute: ${found.how}.`) : '',
      h('div', { class: 'options', role: 'group', 'aria-label': 'Your options' }, options),
      h('div', { class: 'columns' },
        h('div', {}, h('h3', {}, found.answers ? 'What you owe, and why' : 'What is owed here, and why'), duties.length ? duties : h('p', {}, 'No treaty in force makes anything owed here.')),
        h('div', {}, h('h3', {}, 'What you believe'), found.terms.length ? h('ul', { class: 'terms' }, found.terms.map((each) =>
          h('li', {}, h('span', {}, `${each.words}: `), h('b', {}, each.said), bar(each.value)))) : h('p', {}, 'Nothing is believed of this.'),
        h('p', { class: 'small' }, 'Clauses that are not public are read in several ways; shares are of their weight. How this world reads them is hidden.'))));
    const first = ui.decision.querySelector('button');
    if (first) first.focus();
  }

  function timeline(view) {
    const width = 1000 / state.board.horizon, marks = [];
    for (const [turn, text] of state.chronicle) {
      const war = / goes to war/.test(text);
      marks.push(s('rect', { class: war ? 'is-war' : 'is-dispute', x: turn * width, y: war ? 2 : 14, width: Math.max(width - 1, 1), height: war ? 26 : 14 }));
    }
    marks.push(s('rect', { class: 'now', x: Math.min(view.month * width, 997), y: 0, width: 3, height: 30 }));
    ui.line.replaceChildren(...marks);
  }

  function strength(view) {
    const states = Object.entries(view.states).sort((a, b) => b[1].strength - a[1].strength);
    const most = states[0][1].strength || 1;
    const own = Object.entries(view.own).map(([id, now]) => {
      const top = Math.max(...DOMAINS.map((each) => now[each]), 1e-9);
      return h('div', {}, h('h3', {}, `${name(id)}, by domain`), h('ul', { class: 'terms' }, DOMAINS.map((each) =>
        h('li', {}, `${each}: `, h('b', {}, now[each].toPrecision(3)), bar(now[each] / top)))),
      h('p', {}, `Military spending USD ${now.spending.toPrecision(3)} bn, ${percent(now.free)} of its forces free, reputation ${now.reputation.toFixed(2)}.`));
    });
    ui.strength.replaceChildren(...own, h('h3', {}, 'All states, by total strength'), h('ul', { class: 'terms' }, states.map(([id, now]) =>
      h('li', {}, `${name(id)}${now.nuclear ? ' (nuclear)' : ''}${now.wars ? ', at war' : ''}: `, h('b', {}, now.strength.toPrecision(2)), bar(now.strength / most)))));
  }

  function beside() {
    if (!state.arm) { ui.beside.replaceChildren(); return; }
    const key = `${state.arm} ${state.view.month}`;
    if (state.asked === key) return;
    state.asked = key;
    ask('beside', { arm: state.arm });
  }

  function showBeside(found) {
    if (!ui || found.arm !== state.arm) return;
    const other = state.board.arms.find((each) => each.name === found.arm);
    const map = new MapView({ ...state.board, arm: other }, `Map of the same world in arm ${found.arm}`);
    map.update(found, []);
    const ours = new Set(state.chronicle.map(([, text]) => text));
    ui.beside.replaceChildren(h('p', {}, `${other.title}; ${found.label}, month ${found.month}.`), map.svg,
      h('p', { class: 'small' }, 'Marked paragraphs are not in the world that you play.'),
      h('div', { class: 'log', tabindex: 0, role: 'region', 'aria-label': `Chronicle in arm ${found.arm}` }, h('ol', {}, found.chronicle.map(([, text]) =>
        h('li', { class: ours.has(text) ? '' : 'differs' }, ours.has(text) ? text : `≠ ${text}`)))));
  }

  function grid(caption, heads, rows) {
    return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption }, h('table', {}, h('caption', {}, caption),
      h('thead', {}, h('tr', {}, heads.map((each) => h('th', { scope: 'col' }, each)))),
      h('tbody', {}, rows.map((row) => h('tr', {}, row.map((each, n) => (n ? h('td', {}, String(each)) : h('th', { scope: 'row' }, String(each)))))))));
  }

  function debriefing(found) {
    ui.debrief.hidden = false;
    const away = found.moves.filter((each) => each.deviates).length;
    const first = found.first == null ? null : found.moves[found.first];
    ui.debrief.replaceChildren(h('h2', { id: 'debrief-h' }, 'Debrief'),
      h('p', {}, `${found.moves.length} decisions, ${away} not as the model decides.`),
      h('p', {}, first ? `The worlds differ from ${first.label}: ${first.state}, ${first.kind} (${first.about}): ${first.chosen}, where the model says ${first.model}.`
        : 'Every decision was the model’s: the world is the one without seats.'),
      ...Object.entries(found.outcomes).map(([id, rows]) => grid(`${name(id)}: as played, and the same world by the model alone`,
        ['outcome', 'played', 'model', 'difference'], rows)),
      ...(found.chance ? Object.entries(found.chance.outcomes).map(([id, rows]) => grid(`${name(id)}: how much is chance: ${found.chance.worlds} other worlds of this arm by the model alone`,
        ['outcome', 'played', 'lowest', 'middle', 'highest'], rows)) : [h('button', { id: 'chance', onclick: (event) => {
        event.target.disabled = true; event.target.textContent = 'Playing other worlds …'; ask('chance'); } }, 'How much of it was chance?')]),
      grid('Decisions', ['when', 'who', 'what', 'about', 'chosen', 'model', 'chance that the model chooses as you did'],
        found.moves.map((each) => [each.label, each.state, each.kind, each.about, each.chosen, each.model, each.said])),
      h('p', {}, 'One world shows one course, and much of it is chance. Illustrative.'));
  }

  // -- replies ------------------------------------------------------------------------------

  const hash = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));

  function replayed(found) {
    return { scenario: found.scenario, arm: found.arm, seats: (found.seats || '').split(','), seed: Number(found.seed || 0),
      world: Number(found.world || 0), months: Number(found.months || 0), choices: found.choices || '' };
  }

  link.receive((reply) => {
    if (reply.type !== 'error') complain('');
    if (reply.type === 'error') { complain(reply.text); state.decided = -1; stop(); if (state.view) decision(state.view); }
    else if (reply.type === 'hello') { state.hello = reply; }
    else if (reply.type === 'scenario') {
      state.scenario = reply;
      const at = link.page ? hash() : {};
      if (at.scenario && !state.replaying) { state.replaying = true; open(replayed(at)); }
      else if (at.game && !state.board) join(at.game);
      else if (!state.board) lobby();
    } else if (reply.type === 'gone') {
      Object.assign(state, { board: null, game: '' });
      if (link.page) history.replaceState(null, '', location.pathname);
      lobby();
      complain('This game is no longer open here. Load it where it was saved, or begin another.');
    } else if (reply.type === 'board') table(reply);
    else if (reply.type === 'view') show(reply);
    else if (reply.type === 'token') {
      const kept = JSON.parse(store.getItem(`room ${reply.game}`) || '{}');
      store.setItem(`room ${reply.game}`, JSON.stringify({ ...kept, [reply.for]: reply.token }));
    } else if (reply.type === 'beside') showBeside(reply);
    else if (reply.type === 'debrief') debriefing(reply);
    else if (reply.type === 'saved') saved(reply);
    else if (reply.type === 'record') {
      const game = { ...reply.game, seats: reply.game.seats.join(',') };
      delete game.format;
      const address = link.page ? `${location.href.split('#')[0]}#${new URLSearchParams(game)}` : `#${new URLSearchParams(game)}`;
      ui.linked.replaceChildren('This link replays the game as far as it is: ', h('a', { href: address, target: '_blank', rel: 'noopener' }, address));
    }
  });

  function saved(reply) {
    const text = JSON.stringify(reply.game, null, 1);
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    ui.linked.replaceChildren(reply.name ? `Saved as ${reply.name}. ` : '', h('a', { href: address, download: `${reply.name || 'game'}.json` }, 'Download it as a file'));
  }

  link.opened(() => { if (state.game) join(state.game); else ask('hello'); });
}

function socketLink() {
  let socket, receive = () => {}, opened = () => {};
  const connect = () => {
    const address = new URL('line', location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    address.hash = '';
    socket = new WebSocket(address);
    socket.addEventListener('open', () => opened());
    socket.addEventListener('message', (event) => receive(JSON.parse(event.data)));
    socket.addEventListener('close', () => setTimeout(connect, 1500));
  };
  return { page: true, receive: (f) => { receive = f; }, opened: (f) => { opened = f; connect(); },
    send: (message) => { if (socket.readyState === 1) socket.send(JSON.stringify(message)); } };
}

// In a notebook: anywidget calls render.
function render({ model, el }) {
  let receive = () => {};
  model.on('msg:custom', (message) => receive(message));
  mount(el, { page: false, receive: (f) => { receive = f; }, opened: (f) => f(), send: (message) => model.send(message) });
}

export default { render };

const page = document.getElementById('room');
if (page && page.childElementCount === 0) mount(page, socketLink());
