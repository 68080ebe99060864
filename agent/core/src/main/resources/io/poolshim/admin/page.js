'use strict';
// All that comes from the agent is put in as text, never as HTML.
(() => {
  const PERIOD = 2000;
  const SVG = 'http://www.w3.org/2000/svg';
  const WIDTH = 300;
  const HEIGHT = 60;
  const byId = id => document.getElementById(id);
  const memory = {
    get: () => { try { return sessionStorage.getItem('token') || ''; } catch (e) { return ''; } },
    set: token => { try { sessionStorage.setItem('token', token); } catch (e) { /* it is asked for again */ } }
  };
  let token = memory.get();

  function make(tag, text, className) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  function shape(tag, attributes) {
    const element = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
  }

  const number = value => Number(value).toLocaleString('en');
  const percent = (part, all) => all ? (100 * part / all).toFixed(1) + ' %' : '–';

  function time(micros) {
    if (micros < 1000) return Math.round(micros) + ' µs';
    if (micros < 1e6) return (micros / 1000).toFixed(micros < 10000 ? 1 : 0) + ' ms';
    return (micros / 1e6).toFixed(1) + ' s';
  }

  function ago(now, then) {
    const seconds = Math.max(0, Math.round((now - then) / 1000));
    return seconds < 120 ? seconds + ' s ago' : Math.round(seconds / 60) + ' min ago';
  }

  const points = (values, top) => values.map((value, i) =>
    (values.length > 1 ? i * WIDTH / (values.length - 1) : WIDTH).toFixed(1) + ',' +
    (HEIGHT - HEIGHT * value / top).toFixed(1));

  function plot(name, label) {
    const svg = shape('svg', {viewBox: '0 0 ' + WIDTH + ' ' + HEIGHT, preserveAspectRatio: 'none', role: 'img',
      'data-plot': name, 'aria-label': label});
    return svg;
  }

  function band(svg, lower, upper, top, className) {
    const edge = points(upper, top).concat(points(lower, top).reverse());
    svg.append(shape('polygon', {points: edge.join(' '), class: className}));
  }

  function legend(...parts) {
    const line = make('div', undefined, 'legend');
    parts.forEach(([key, text]) => {
      const item = make('span');
      if (key) item.append(make('span', '■ ', 'key-' + key));
      item.append(text);
      line.append(item);
    });
    return line;
  }

  function plots(pool, card) {
    const history = pool.history;
    if (!history || history.used.length < 2) {
      card.append(make('p', history ? 'Plots begin after ten seconds.' : 'No plots: there are too many pools.', 'dim'));
      return;
    }
    const minutes = Math.max(1, Math.round(history.used.length * history.seconds / 60));
    const zero = history.used.map(() => 0);
    const open = history.used.map((used, i) => used + history.idle[i]);
    const all = open.map((value, i) => value + history.pending[i]);
    const top = Math.max(pool.maxSize, ...all);
    const use = plot('use', 'connections in use and idle, and callers waiting');
    band(use, zero, history.used, top, 'area-used');
    band(use, history.used, open, top, 'area-idle');
    band(use, open, all, top, 'area-pending');
    const limit = HEIGHT - HEIGHT * pool.maxSize / top;
    use.append(shape('line', {x1: 0, x2: WIDTH, y1: limit, y2: limit, class: 'limit'}));
    card.append(legend(['used', 'used'], ['idle', 'idle'], ['pending', 'waiting'],
      ['', 'of ' + pool.maxSize + ', last ' + minutes + ' min']), use);
    const longest = Math.max(1, ...history.waitMicros);
    const wait = plot('wait', 'the longest wait for a connection');
    wait.append(shape('polyline', {points: points(history.waitMicros, longest).join(' '), class: 'line-wait'}));
    card.append(legend(['wait', 'longest wait in each ' + history.seconds + ' s'], ['', 'at most ' + time(longest)]), wait);
  }

  function figures(pool) {
    const list = make('dl', undefined, 'figures');
    [
      ['used / size', pool.used + ' / ' + pool.maxSize],
      ['idle', pool.idle],
      ['waiting', pool.pending],
      ['open, at most', pool.open + ', ' + pool.peak],
      ['borrows', number(pool.borrows)],
      ['reused', percent(pool.reused, pool.borrows)],
      ['wait, median', time(pool.waitMicros.p50)],
      ['wait, 99 %', time(pool.waitMicros.p99)],
      ['statements', number(pool.statements)],
      ['errors', number(pool.errors)],
      ['timed out', number(pool.timedOut)],
      ['never closed', number(pool.reclaimed)]
    ].forEach(([name, value]) => {
      const pair = make('div');
      pair.append(make('dt', name), make('dd', value));
      list.append(pair);
    });
    return list;
  }

  async function control(action, parameters, button) {
    button.blur();
    const answer = await fetch('/control/' + action, {method: 'POST', headers: {Authorization: 'Bearer ' + token},
      body: new URLSearchParams(parameters)});
    const told = await answer.json();
    byId('note').textContent = answer.ok ? '' : told.error;
    await ask();
  }

  function controls(pool) {
    const box = make('div', undefined, 'controls');
    const add = (text, action, more) => {
      const button = make('button', text);
      button.type = 'button';
      button.addEventListener('click', () => {
        control(action, Object.assign({pool: pool.name}, more()), button).catch(() => {});
      });
      box.append(button);
    };
    add(pool.suspended ? 'Resume' : 'Suspend', pool.suspended ? 'resume' : 'suspend', () => ({}));
    add('Evict', 'evict', () => ({}));
    const off = pool.mode === 'off';
    add(off ? 'Pool again' : 'Switch off', 'mode', () => ({mode: off ? 'pool' : 'off'}));
    const size = make('input', undefined, 'small');
    size.type = 'number';
    size.min = '1';
    size.value = pool.maxSize;
    size.setAttribute('aria-label', 'size of ' + pool.name);
    box.append(size);
    add('Resize', 'resize', () => ({'max-size': size.value}));
    return box;
  }

  function card(pool, trusted) {
    const box = make('article', undefined, 'card');
    const head = make('div', undefined, 'head');
    head.append(make('h3', pool.name), make('span', pool.status, 'status ' + pool.status));
    box.append(head);
    if (pool.mode !== 'pool') box.append(make('p', 'mode ' + pool.mode, 'reason'));
    if (pool.suspended) box.append(make('p', 'suspended', 'reason'));
    pool.reasons.forEach(reason => box.append(make('p', reason, 'reason')));
    box.append(figures(pool));
    plots(pool, box);
    if (trusted) box.append(controls(pool));
    return box;
  }

  function table(titles, rows) {
    const body = make('table');
    const first = make('tr');
    titles.forEach(title => first.append(make('th', title)));
    body.append(first);
    rows.forEach(cells => {
      const row = make('tr');
      cells.forEach(([text, className]) => row.append(make('td', text, className)));
      body.append(row);
    });
    const box = make('div', undefined, 'scroll');
    box.append(body);
    return box;
  }

  function fill(id, rows, titles, otherwise) {
    byId(id).replaceChildren(rows.length ? table(titles, rows) : make('p', otherwise, 'dim'));
  }

  function secretParts(data) {
    const hidden = data.tokenConfigured
      ? 'Shown only with the token; type it in at the end of this page.'
      : 'Shown only with a token, and none is configured: set POOLSHIM_ADMIN_TOKEN and start the application again.';
    const slow = (data.slow || []).map(entry => [
      [time(entry.worstMillis * 1000), 'number'], [number(entry.count), 'number'], [entry.statement, 'code'],
      [entry.site, 'code'], [entry.pool]]);
    fill('slow', slow, ['worst', 'seen', 'statement', 'called at', 'pool'],
      data.trusted ? 'None took a millisecond.' : hidden);
    const holders = data.pools.flatMap(pool => (pool.holders || []).map(holder => [
      [time(holder.heldMillis * 1000), 'number'], [holder.thread], [holder.place, 'code'], [pool.name]]));
    fill('holders', holders, ['held for', 'thread', 'borrowed by', 'pool'], data.trusted ? 'Nobody.' : hidden);
  }

  function show(data) {
    const status = byId('status');
    status.textContent = data.status;
    status.className = 'status ' + data.status;
    byId('note').textContent = data.swallowed ? data.swallowed + ' errors swallowed: please report them' : '';
    if (!document.querySelector('#pools :focus')) {
      byId('pools').replaceChildren(...data.pools.map(pool => card(pool, data.trusted)));
      if (!data.pools.length) byId('pools').append(make('p', data.reason || 'There is no pool.', 'dim'));
    }
    secretParts(data);
    fill('events', data.events.map(event => [
      [ago(data.now, event.time), 'number'], [event.event], [number(event.count), 'number'], [event.text], [event.pool]]),
    ['when', 'what', 'times', '', 'pool'], 'None.');
    fill('calls', Object.entries(data.passThrough || {}).map(([reason, count]) => [[reason], [number(count), 'number']]),
      ['reason', 'calls'], 'None.');
    byId('token-note').textContent = data.trusted ? 'The token is in use, in this tab only.' : '';
  }

  async function ask() {
    const headers = token ? {Authorization: 'Bearer ' + token} : {};
    const answer = await fetch('/page.json', {headers, cache: 'no-store'});
    if (answer.status === 401) {
      token = '';
      memory.set('');
      byId('token-note').textContent = 'That is not the token.';
      return;
    }
    if (!answer.ok) throw new Error('status ' + answer.status);
    show(await answer.json());
  }

  async function poll() {
    try {
      await ask();
    } catch (e) {
      byId('note').textContent = 'No answer; shown is what was told last.';
    }
    setTimeout(poll, PERIOD);
  }

  byId('token-form').addEventListener('submit', event => {
    event.preventDefault();
    token = byId('token').value.trim();
    byId('token').value = '';
    memory.set(token);
    ask().catch(() => {});
  });
  byId('forget').addEventListener('click', () => {
    token = '';
    memory.set('');
    ask().catch(() => {});
  });
  poll();
})();
