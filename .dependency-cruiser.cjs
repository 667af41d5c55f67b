/*
 * The borders between the folders, as in docs: who may import whom. An import of a type counts like any other.
 *
 *   cli gui examples  ->  lab  ->  tracer transports  ->  the contracts in lib  ->  nothing
 *
 * bench and test may import anything, and nothing imports them.
 */
const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

// What a transport may know of the chat core: the contracts, and the field kinds that its packets are declared with.
const contracts = '^lib/(transport|transport-error|address|trace|clock|virtual-clock|deadlines|host|wire/fields|wire/dissect-fields)[.]ts$';
// transports/ also holds Node's side of the Host: its password hash meets lib/group's port.
const host = '^transports/(node|host|virtual)([.]|/)';

module.exports = {
  forbidden: [
    forbid('no-cycles', 'A circle has no bottom to read from.', {}, { circular: true }),
    // Vite gives the URL of a script that it bundles for itself, by a question behind the path
    forbid('not-to-unresolvable', 'This import leads nowhere.', {}, { couldNotResolve: true, pathNot: '[?]sharedworker&url$' }),
    forbid(
      'lib-stands-alone',
      'lib imports nothing above it.',
      { path: '^lib/' },
      { path: '^(transports|tracer|lab|examples|cli|gui|bench|test|docs)/' },
    ),
    forbid('lib-knows-no-node', 'lib runs in a browser, too.', { path: '^lib/' }, { dependencyTypes: ['core'] }),
    forbid(
      'lib-needs-only-rxjs',
      'lib depends on rxjs and on nothing else.',
      { path: '^lib/' },
      { path: 'node_modules/', pathNot: 'node_modules/(rxjs|tslib)/' },
    ),
    forbid(
      'transports-know-contracts-only',
      'A transport carries bytes and knows nothing of chat.',
      { path: '^transports/', pathNot: host },
      {
        path: '^lib/',
        pathNot: contracts,
      },
    ),
    forbid(
      'the-host-knows-little',
      'Node’s Host meets the ports of lib and nothing else of it.',
      { path: host },
      {
        path: '^lib/',
        pathNot: [contracts, '^lib/group/passwords[.]ts$'],
      },
    ),
    forbid(
      'a-page-dials-without-node',
      'Whatever the browser’s side of HTTP reaches runs in a browser.',
      { path: '^transports/http/(browser|shared-worker)[.]ts$' },
      {
        reachable: true,
        path: [
          '^(node:)?(buffer|crypto|events|fs|http|https|net|os|path|stream|timers|url|util)$',
          '^transports/(stream|host/(clock|random|passwords)|http/(server|node))([./])',
        ],
      },
    ),
    forbid(
      'the-dialling-side-knows-no-node',
      'What a page dials with: only node-port.ts is Node’s.',
      { path: '^transports/http/(client|engine|wire|browser|shared|connection)', pathNot: '^transports/http/client/node-port[.]ts$' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'transports-stand-under-the-rest',
      'transports import lib and each other.',
      { path: '^transports/' },
      { path: '^(tracer|lab|examples|cli|gui|bench|test|docs)/' },
    ),
    forbid(
      'tracer-only-reads',
      'Only tracer/proxy and tracer/capture touch transports; the table of UDP packets and its dissector are for everybody.',
      { path: '^tracer/', pathNot: '^tracer/(proxy|capture)([.]|/)' },
      { path: '^transports/', pathNot: '^transports/udp/wire/' },
    ),
    forbid(
      'tracer-spawns-nothing',
      'Only tracer/proxy and tracer/capture start programs.',
      { path: '^tracer/', pathNot: '^tracer/(proxy|capture)([.]|/)' },
      { path: '^(node:)?child_process$' },
    ),
    forbid(
      'tracer-stands-under-the-rest',
      'The tracer imports lib.',
      { path: '^tracer/' },
      { path: '^(lab|examples|cli|gui|bench|test|docs)/' },
    ),
    forbid(
      'the-lab-runs-in-a-browser',
      'The lab drives the pure engine over a pure link, and nothing that knows Node.',
      { path: '^lab/' },
      {
        path: ['^(tracer|examples|cli|gui|bench|test|docs)/', '^transports/', '^lib/'],
        pathNot: '^(transports/(udp/(engine|wire|textbook)|link)([.]|/)|lib/(deadlines|trace)[.]ts$)',
      },
    ),
    forbid('the-lab-knows-no-node', 'A page has the lab, too.', { path: '^lab/' }, { dependencyTypes: ['core'] }),
    forbid(
      'nothing-imports-the-top',
      'cli and gui are at the top.',
      { path: '^(lib|transports|tracer|lab|examples)/' },
      { path: '^(cli|gui)/' },
    ),
    forbid(
      'cli-and-gui-apart',
      'The command serves the built page; neither imports the other’s sources.',
      { path: '^(cli|gui)/' },
      { path: '^(bench|test|docs)/' },
    ),
    forbid(
      'the-pages-know-no-node',
      'A page runs in a browser.',
      { path: '^gui/', pathNot: '^gui/vite[.a-z]*config[.]ts$' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'the-pages-reach-no-sockets',
      'Of the transports a browser has HTTP, memory, and the pure parts.',
      { path: '^gui/', pathNot: '^gui/vite[.a-z]*config[.]ts$' },
      {
        path: '^(transports|tracer/(proxy|capture))/',
        pathNot: '^transports/(http|memory|link|udp/(engine|wire|textbook))([.]|/)',
      },
    ),
    forbid(
      'examples-read-alone',
      'An example imports the library, as a student would.',
      { path: '^examples/' },
      { path: '^(bench|test|docs)/' },
    ),
    forbid(
      'ships-what-it-needs',
      'What the package ships imports no devDependency.',
      { path: '^(lib|transports|tracer|lab|examples|cli)/', pathNot: '^cli/report/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    ),
    forbid(
      'one-place-loads-the-tools',
      'The report is made in a checkout, by devDependencies that tools.ts loads on demand; the others know their types.',
      { path: '^cli/report/', pathNot: '^cli/report/tools[.]ts$' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'no-orphans',
      'Nobody imports this file: use it or remove it.',
      {
        orphan: true,
        pathNot: [
          '[.]test[.]ts$',
          '^(test|docs|bench|examples)/',
          '[.]d[.]ts$',
          '(^|/)index[.]ts$',
          '^transports/node[.]ts$',
          '^cli/main[.]ts$',
          '^gui/vite[.a-z]*config[.]ts$',
          '^gui/[^/]+/main[.]tsx$',
        ],
      },
      {},
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
    skipAnalysisNotInRules: true,
  },
};
