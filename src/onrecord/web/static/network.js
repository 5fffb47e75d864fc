// The network of a period: parties and ties, drawn by Cytoscape where they stood in the network of all time. The tables beneath say the same.
(function () {
  'use strict';
  var c = window.charts, desk = window.onrecord;
  var PACE = 1500, MOST = 0.6, NARROW = 500;
  var stage = document.getElementById('network');
  if (!stage) return;
  var about = document.getElementById('about'), step = document.getElementById('step'), play = document.getElementById('play');
  var when = document.getElementById('when'), weight = document.getElementById('weight'), form = document.getElementById('asking');
  var places = new Map(), periods = [], graph = null, canvas, now, playing = 0, marked = null, known = new Map();

  function url(at) {
    var query = new URLSearchParams(stage.dataset.url.split('?')[1]);
    query.set('at', at);
    query.set('weight', weight.value || '1');
    query.set('parties', form.elements.namedItem('parties').value);
    return '/network/data?' + query;
  }

  function get(at, quiet) {
    var asked = url(at);
    if (known.has(asked)) return Promise.resolve(known.get(asked));
    if (!quiet) document.getElementById('shown').textContent = 'Loading …';
    return c.get(stage, asked, function (how) {
      if (graph) document.getElementById('shown').textContent = 'This period is being worked out for the first time; this can take a while … ' + how;
      else c.tell(stage, 'loading', 'The network is being worked out for the first time; this can take a while … ' + how);
    }).then(function (got) { known.set(asked, got); return got; });
  }

  // The network of all time comes first, whatever period is asked for: it says where everybody stands.
  function begin() {
    if (stage.clientWidth < NARROW && !new URLSearchParams(location.search).has('parties')) form.elements.namedItem('parties').value = '25';
    get('all').then(function (all) {
      periods = all.periods;
      step.max = String(periods.length);
      step.disabled = !periods.length;
      var at = periods.findIndex(function (p) { return p[0] === stage.dataset.at; }) + 1;
      step.value = String(at);
      place(all);
      if (at) show(at);
      else draw(all);
      label(at);
    }, function (error) { c.failed(stage, error); });
  }

  function label(at) {
    var period = at ? periods[at - 1] : null;
    when.textContent = period ? period[0] : 'all';
    step.setAttribute('aria-valuetext', period ? period[0] + ', ' + c.many(period[3], 'record') : 'all time');
  }

  function show(at) {
    label(at);
    var name = at ? periods[at - 1][0] : 'all', query = new URLSearchParams(location.search);
    if (at) query.set('at', name); else query.delete('at');
    if (weight.value > 1) query.set('weight', weight.value); else query.delete('weight');
    history.replaceState(null, '', '/network' + (String(query) ? '?' + query : ''));
    return get(name).then(draw, function (error) { if (error.name !== 'AbortError') { halt(); c.failed(stage, error); } });
  }

  // Where everybody stands: worked out once, from a circle in the order of their ids, so that it is the same each time.
  function place(all) {
    if (!all.parties.length) return;
    var hidden = window.cytoscape({
      headless: true, styleEnabled: true,
      elements: elements(all, function (id, number, count) {
        var turn = 2 * Math.PI * number / count, far = 30 * Math.sqrt(count) * 3;
        return { x: far * Math.cos(turn), y: far * Math.sin(turn) };
      }),
      style: [{ selector: 'node', style: { width: 'data(size)', height: 'data(size)' } }],
      layout: { name: 'cose', animate: false, randomize: false, fit: false, nodeRepulsion: function () { return 90000; }, idealEdgeLength: function () { return 110; }, edgeElasticity: function () { return 120; }, gravity: 0.6, numIter: 900, nodeDimensionsIncludeLabels: false, componentSpacing: 80 }
    });
    // As wide and high as the stage, so that sizes and letters are what they say; halfway between where the layout puts them and evenly spread.
    var ids = hidden.nodes().map(function (node) { return node.id(); });
    var across = spread('x', stage.clientWidth - 120), down = spread('y', stage.clientHeight - 90);
    ids.forEach(function (id) { places.set(id, { x: across.get(id), y: down.get(id) }); });
    function spread(axis, length) {
      var sorted = ids.map(function (id) { return [hidden.getElementById(id).position(axis), id]; }).sort(function (a, b) { return a[0] - b[0] || (a[1] < b[1] ? -1 : 1); });
      var least = sorted[0][0], range = sorted[sorted.length - 1][0] - least || 1, last = sorted.length - 1 || 1;
      return new Map(sorted.map(function (one, rank) { return [one[1], length * ((one[0] - least) / range + rank / last) / 2]; }));
    }
    hidden.destroy();
  }

  // Somebody who is not in the network of all time that was drawn stands near those with whom it has to do.
  function stand(got) {
    return function (id, number) {
      if (places.has(id)) return places.get(id);
      var near = got.ties.reduce(function (found, tie) {
        var other = tie.actor_id === id ? tie.recipient_id : tie.recipient_id === id ? tie.actor_id : '';
        if (places.has(other)) found.push(places.get(other));
        return found;
      }, []);
      var x = 0, y = 0;
      near.forEach(function (p) { x += p.x / near.length; y += p.y / near.length; });
      var turn = number * 2.399963, spot = { x: x + 70 * Math.cos(turn), y: y + 70 * Math.sin(turn) };
      places.set(id, spot);
      return spot;
    };
  }

  function elements(got, position) {
    var most = got.parties.reduce(function (top, party) { return Math.max(top, party.degree); }, 8), count = got.parties.length;
    var busiest = got.ties.reduce(function (top, tie) { return Math.max(top, tie.volume); }, 12);
    var sorted = got.parties.map(function (party) { return party.actor_id; }).sort();
    return got.parties.map(function (party) {
      var id = party.actor_id;
      return { group: 'nodes', data: { id: id, label: party.actor, size: (stage.clientWidth < NARROW ? 0.6 : 1) * (12 + 26 * Math.sqrt(party.degree / most)), party: party, kind: party.actor_kind }, position: Object.assign({}, position(id, sorted.indexOf(id), count)) };
    }).concat(got.ties.map(function (tie) {
      return {
        group: 'edges',
        data: { id: key(tie), source: tie.actor_id, target: tie.recipient_id, width: 0.8 + 6 * Math.sqrt(tie.volume / busiest), tie: tie, tone: tone(tie), arrow: tie.directed ? 'triangle' : 'none' }
      };
    }));
  }

  function key(tie) { return tie.actor_id + (tie.directed ? ' > ' : ' = ') + tie.recipient_id; }
  function tone(of) { return of.conflict >= MOST && of.conflict !== null ? 'conflict' : of.cooperation >= MOST && of.cooperation !== null ? 'cooperation' : 'mixed'; }

  function style() {
    var colour = desk.colour;
    function edges(name, paint, line) { return { selector: 'edge[tone = "' + name + '"]', style: { 'line-color': paint, 'target-arrow-color': paint, 'line-style': line } }; }
    return [
      { selector: 'node', style: { width: 'data(size)', height: 'data(size)', label: 'data(label)', 'background-color': colour('panel'), 'border-color': colour('ink'), 'border-width': 1.5, color: colour('ink'), 'font-size': 13, 'font-family': getComputedStyle(document.body).fontFamily, 'text-valign': 'bottom', 'text-margin-y': 4, 'text-outline-color': colour('raised'), 'text-outline-width': 3, 'min-zoomed-font-size': 7, 'text-max-width': '130px', 'text-wrap': 'ellipsis' } },
      { selector: 'node[kind = "state"]', style: { shape: 'ellipse' } },
      { selector: 'node[kind = "organisation"]', style: { shape: 'round-rectangle' } },
      { selector: 'node[kind = "person"]', style: { shape: 'diamond' } },
      { selector: 'edge', style: { width: 'data(width)', 'curve-style': 'bezier', 'target-arrow-shape': 'data(arrow)', 'arrow-scale': 0.9, opacity: 0.75 } },
      edges('conflict', colour('against'), 'dashed'), edges('cooperation', colour('for'), 'solid'), edges('mixed', colour('neither'), 'dotted'),
      { selector: '.faint', style: { opacity: 0.15 } },
      { selector: 'node.marked', style: { 'border-width': 4, 'background-color': colour('mark') } },
      { selector: 'edge.marked', style: { opacity: 1 } }
    ];
  }

  function draw(got) {
    now = got;
    said(got);
    tables(got);
    if (!got.parties.length) {
      if (graph) graph.elements().remove();
      c.tell(stage, 'empty', 'No two parties have to do with each other here.', weight.value > 1 ? 'Ask for lighter ties.' : 'Choose another time, another kind of tie, or take a filter away.');
      return;
    }
    c.tell(stage, '');
    var list = elements(got, stand(got));
    if (!graph) {
      canvas = c.make('div', 'canvas');
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', 'The network; the tables below say the same.');
      stage.append(canvas);
      graph = window.cytoscape({ container: canvas, elements: list, style: style(), layout: { name: 'preset' }, minZoom: 0.3, maxZoom: 5, userZoomingEnabled: false, boxSelectionEnabled: false, autounselectify: true });
      graph.on('mouseover', 'node, edge', function (event) { if (!marked) point(event.target); });
      graph.on('mouseout', 'node, edge', function () { if (!marked) plain(); });
      graph.on('tap', function (event) {
        if (event.target === graph) { marked = null; plain(); return; }
        if (event.target.isNode() && marked === event.target.id()) { location.assign('/actors/' + encodeURIComponent(marked)); return; }
        marked = event.target.id();
        point(event.target);
      });
      canvas.addEventListener('wheel', function (event) {  // the page scrolls, unless Ctrl is held
        if (!event.ctrlKey) return;
        event.preventDefault();
        zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15);
      }, { passive: false });
      graph.fit(undefined, 30);
    } else {
      graph.batch(function () {
        graph.elements().remove();
        graph.add(list);
      });
    }
    var kept = marked && graph.getElementById(marked);
    marked = kept && kept.nonempty() ? marked : null;
    if (marked) point(kept);
  }

  function said(got) {
    document.getElementById('shown').textContent = 'Showing ' + c.number(got.parties.length) + ' of ' + c.many(got.parties_total, 'party', 'parties') + ', ' + c.number(got.ties.length) +
      ' of ' + c.many(got.ties_total, 'tie') + (got.at === 'all' ? '' : ' of ' + got.at) + (got.fresh ? '.' : ' (as of ' + got.worked_out + ').');
  }

  function plain() {
    graph.elements().removeClass('faint marked');
    about.replaceChildren(c.make('p', 'meta', 'Point at a party or a tie to see its figures. A click on a party marks it, a second one leads to the actor.'));
  }

  function point(element) {
    graph.elements().removeClass('faint marked');
    element.addClass('marked');
    var near = element.isNode() ? element.closedNeighborhood() : element.union(element.connectedNodes());
    graph.elements().not(near).addClass('faint');
    about.replaceChildren.apply(about, element.isNode() ? ofParty(element.data('party')) : ofTie(element.data('tie')));
  }

  function share(value) { return value === null ? 'unknown' : Math.round(100 * value) + '\u00a0%'; }
  function facts(pairs) {
    var list = c.make('dl', 'facts');
    pairs.forEach(function (pair) { if (pair[1] !== null && pair[1] !== '') { var dd = c.make('dd'); dd.append(pair[1] instanceof Node ? pair[1] : String(pair[1])); list.append(c.make('dt', '', pair[0]), dd); } });
    return list;
  }
  function actor(id, name) { var a = c.link('/actors/' + encodeURIComponent(id), name); a.className = 'actor'; return a; }

  function ofParty(party) {
    var head = c.make('h3');
    head.append(actor(party.actor_id, party.actor));
    return [head, facts([['tied to', c.many(party.degree, 'party', 'parties')], ['acts', c.number(party.acts)], ['acted on', c.number(party.received)], ['together with others', c.number(party.joint)], ['cooperation', share(party.cooperation)], ['conflict', share(party.conflict)], ['group', party.community]])];
  }

  function ofTie(tie) {
    var head = c.make('h3');
    head.append(actor(tie.actor_id, tie.actor), tie.directed ? ' → ' : ' ↔ ', actor(tie.recipient_id, tie.recipient));
    var words = c.make('blockquote'), q = c.make('q', 'words');
    q.append(c.link('/records/' + tie.id, tie.words));
    words.append(q);
    var from = c.make('p', 'meta', [tie.date, tie.publisher].filter(Boolean).join(' · '));
    var types = c.make('span');
    tie.type.forEach(function (code, number) { var a = c.link('/help/' + encodeURIComponent(code), code); a.className = 'code'; a.dataset.code = code; types.append(number ? ', ' : '', a); });
    return [head, facts([
      ['how often', c.number(tie.volume)], ['told by', c.many(tie.mentions, 'record') + ' in ' + c.many(tie.documents, 'independent report')], ['mostly', types], ['tone (−10 to 10)', tie.tone === null ? 'unknown' : tie.tone.toFixed(1)],
      ['cooperation', share(tie.cooperation)], ['conflict', share(tie.conflict)], ['comes back', tie.back === null ? '' : c.number(tie.back)], ['first and last', tie.since ? tie.since + ' to ' + tie.until : '']
    ]), words, from, records(tie)];
  }

  // All records of a tie; of what two did together there is no such list, since both are actors.
  function records(tie) {
    var period = now.at === 'all' ? null : periods.find(function (p) { return p[0] === now.at; });
    var query = { kind: form.elements.namedItem('kind').value, actor: tie.actor_id, since: period ? period[1] : '', until: period ? period[2] : '' };
    if (tie.directed) query.about = tie.recipient_id;
    var p = c.make('p');
    p.append(c.link(c.address('/timeline', query), tie.directed ? 'All records of this' : 'Records of ' + tie.actor));
    return p;
  }

  function tables(got) {
    document.getElementById('ties').replaceChildren(c.table('Ties ' + span(got), ['who', '', 'whom', 'how often', 'reports', 'tone', 'conflict', 'for example'], got.ties.map(function (tie) {
      var words = c.make('q', 'words');
      words.append(c.link('/records/' + tie.id, tie.words));
      return follow([actor(tie.actor_id, tie.actor), tie.directed ? '→' : '↔', actor(tie.recipient_id, tie.recipient), tie.volume, tie.documents, tie.tone === null ? '' : tie.tone.toFixed(1), tie.conflict === null ? '' : share(tie.conflict), words], key(tie));
    })));
    document.getElementById('parties').replaceChildren(c.table('Parties ' + span(got), ['party', 'tied to', 'acts', 'acted on', 'together', 'conflict'], got.parties.map(function (party) {
      return follow([actor(party.actor_id, party.actor), party.degree, party.acts, party.received, party.joint, party.conflict === null ? '' : share(party.conflict)], party.actor_id);
    })));
  }
  function span(got) { return got.at === 'all' ? 'of all time' : 'of ' + got.at; }

  // A row that has the focus is shown in the drawing.
  function follow(cells, id) {
    cells[0].addEventListener('focus', function () { var element = graph && graph.getElementById(id); if (element && element.nonempty()) point(element); });
    cells[0].addEventListener('blur', function () { if (graph && !marked) plain(); });
    return cells;
  }

  function halt() {
    clearTimeout(playing);
    playing = 0;
    play.setAttribute('aria-pressed', 'false');
    play.textContent = '▶ Play';
  }

  function forward() {
    var next = Number(step.value) + 1;
    if (next > periods.length) { halt(); return; }
    step.value = String(next);
    show(next).then(function () { if (playing) playing = setTimeout(forward, PACE); });
  }

  play.addEventListener('click', function () {
    if (playing) { halt(); return; }
    if (!periods.length) return;
    play.setAttribute('aria-pressed', 'true');
    play.textContent = '❚❚ Pause';
    if (Number(step.value) >= periods.length) step.value = '0';
    playing = 1;
    forward();
  });
  var soon;
  step.addEventListener('input', function () { if (playing) halt(); label(Number(step.value)); clearTimeout(soon); soon = setTimeout(function () { show(Number(step.value)); }, 120); });
  weight.addEventListener('change', function () { if (weight.checkValidity()) show(Number(step.value)); });
  document.getElementById('closer').addEventListener('click', function () { zoom(1.3); });
  document.getElementById('farther').addEventListener('click', function () { zoom(1 / 1.3); });
  document.getElementById('fit').addEventListener('click', function () { if (graph) graph.fit(undefined, 30); });
  function zoom(by) { if (graph) graph.zoom({ level: graph.zoom() * by, renderedPosition: { x: graph.width() / 2, y: graph.height() / 2 } }); }
  c.whenColoursChange(function () {
    if (!graph) return;
    graph.style(style());
    graph.forceRender();
  });
  begin();
})();
