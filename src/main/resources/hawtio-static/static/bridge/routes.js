/* The routes: what runs, what is refused, and the versions that ran. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment, useState } = tab.lib.react
  const pf = tab.lib.core
  const path = '/bridge/route-versions'

  tab.pages.routes = () => {
    const { data, error, loading, reload } = tab.useData(path, 5)
    const [said, setSaid] = useState(null)
    return h(
      tab.Page,
      {
        title: 'Routes',
        intro:
          'What happens in which order. The files are in the folder routes; edits are checked, then applied while the bridge runs.',
        actions: h(Acts, { done: reload, say: setSaid }),
      },
      error && h(tab.Failure, { error, retry: reload, stale: Boolean(data) }),
      loading && h(pf.Skeleton, { height: '8rem', screenreaderText: 'Loading' }),
      said && h(Said, { said, close: () => setSaid(null) }),
      data && data.refused && h(Refused, { refused: data.refused }),
      data && data.pin && h(Pinned, { pin: data.pin, done: reload }),
      data && h(Running, { running: data.running }),
      data && h(Versions, { data, done: reload }),
      h('p', { className: 'bridge-dim' }, 'Single routes are suspended, resumed and drawn in the tab Camel.'),
    )
  }

  function Acts({ done, say }) {
    const me = tab.useMe()
    const check = async () => {
      try {
        say({ text: await tab.execute('bridge:type=Routes', 'check()') })
      } catch (error) {
        say({ error })
      }
    }
    return h(
      Fragment,
      null,
      me.operator && h(pf.Button, { variant: 'secondary', size: 'sm', onClick: check }, 'Check the files'),
      h(tab.Act, {
        label: 'Check and apply',
        variant: 'primary',
        title: 'Apply the route files as they are now?',
        needsWhy: false,
        text: 'They are checked first. If there is a fault, what runs goes on.',
        act: () => tab.execute('bridge:type=Routes', 'reload(java.lang.String)', tab.myName() || me.user),
        done,
        show: text => h(Lines, { text: String(text) }),
      }),
    )
  }

  /** Text of files and of the bridge, whatever is in it. */
  const Lines = ({ text }) => h('pre', { className: 'bridge-json', tabIndex: 0 }, text)

  const Said = ({ said, close }) =>
    said.error
      ? h(tab.Failure, { error: said.error })
      : h(
          pf.Alert,
          {
            variant: said.text === 'no faults' ? 'success' : 'warning',
            isInline: true,
            component: 'p',
            title: said.text === 'no faults' ? 'The files have no faults.' : 'The files have faults:',
            actionClose: h(pf.AlertActionCloseButton, { onClose: close }),
          },
          said.text !== 'no faults' && h(Lines, { text: said.text }),
        )

  const Refused = ({ refused }) =>
    h(
      pf.Alert,
      {
        variant: 'danger',
        isInline: true,
        component: 'p',
        title: 'The last edit is refused. What ran before goes on.',
      },
      h('p', null, 'Since ', h(tab.Time, { at: refused.at }), '. Each line names file, line and remedy:'),
      h(
        'ul',
        null,
        refused.findings.map(text => h('li', { key: text }, text)),
      ),
      h('p', null, 'Correct the file and save it: it is checked again by itself.'),
    )

  const Pinned = ({ pin, done }) =>
    h(
      pf.Alert,
      {
        variant: 'warning',
        isInline: true,
        component: 'p',
        title: 'Version ' + pin.version + ' is pinned, and runs in place of the folder on all replicas.',
      },
      h(tab.Facts, {
        facts: [
          ['By', pin.who],
          ['Because', pin.why],
          ['Since', tab.time(pin.since)],
        ],
      }),
      h('p', null, 'The next edit without faults lifts the pin.'),
      h(tab.Act, {
        label: 'Lift the pin',
        title: 'Run the routes of the folder again?',
        text: 'On all replicas. They are checked first.',
        act: tab.post(path + '/unpin'),
        done,
      }),
    )

  const Running = ({ running }) =>
    h(
      pf.Card,
      { className: 'bridge-card' },
      h(pf.CardTitle, { component: 'h3' }, 'What runs here'),
      h(
        pf.CardBody,
        null,
        h(tab.Facts, {
          facts: [
            ['Version', h('span', { className: 'bridge-code' }, running.hash)],
            ['Since', tab.time(running.since)],
            ['Changed', running.change],
          ],
        }),
      ),
    )

  /** The newest of equal ones runs; an older one has the same files. */
  function Versions({ data: { running, pin, versions }, done }) {
    const newest = versions.find(one => one.hash === running.hash)
    if (versions.length === 0) {
      return h(tab.Empty, { title: 'No version is recorded yet' }, 'What runs is recorded within seconds.')
    }
    return h(
      Fragment,
      null,
      h(pf.Title, { headingLevel: 'h3', size: 'md' }, 'Versions that ran, newest first'),
      h(tab.Rows, {
        label: 'Versions of the routes',
        rows: versions,
        columns: [
          { title: 'Version', cell: row => row.id },
          { title: 'Applied', cell: row => h(tab.Time, { at: row.applied_at }) },
          { title: 'On', cell: row => row.instance },
          { title: 'By', cell: row => row.who || h(tab.Text, null, 'an edit of the folder') },
          { title: 'Changed', width: 40, cell: row => row.change },
          {
            title: 'State',
            cell: row => h(Marks, { runs: row === newest, pinned: pin && pin.version === row.id }),
          },
          {
            title: 'Acts',
            // Not left out where it runs: the patch, which is still to be read, would vanish with its button.
            cell: row => h(RollBack, { version: row.id, runs: row === newest, done }),
          },
        ],
        open: row => h(Diff, { id: row.id }),
      }),
    )
  }

  const Marks = ({ runs, pinned }) =>
    h(
      Fragment,
      null,
      runs && h(pf.Label, { color: 'green', isCompact: true }, 'Runs here'),
      pinned && h(pf.Label, { color: 'orange', isCompact: true }, 'Pinned'),
    )

  const RollBack = ({ version, runs, done }) =>
    h(tab.Act, {
      label: 'Roll back',
      ariaLabel: 'Roll back to version ' + version,
      isDanger: true,
      isDisabled: runs,
      title: 'Run version ' + version + ' again?',
      text:
        'It is checked, then pinned: it runs on all replicas, whatever is in their folders, until the next edit. ' +
        'Where it lacks a route of yours for a subscriber, that subscriber gets events as they are.',
      act: tab.post(path + '/' + version + '/rollback'),
      done,
      show: result =>
        h(
          Fragment,
          null,
          h('p', null, 'Version ' + version + ' runs.'),
          result.patch &&
            h(
              Fragment,
              null,
              h('p', null, 'To make it lasting, apply this patch where the folder comes from:'),
              h(Lines, { text: result.patch }),
            ),
        ),
    })

  function Diff({ id }) {
    const { data, error, loading, reload } = tab.useData(path + '/' + id)
    return h(
      Fragment,
      null,
      error && h(tab.Failure, { error, retry: reload, stale: Boolean(data) }),
      loading && h(pf.Skeleton, { height: '4rem', screenreaderText: 'Loading' }),
      data &&
        !data.version.genuine &&
        h(pf.Alert, {
          variant: 'warning',
          isInline: true,
          component: 'p',
          title: 'No bridge with one of today’s secrets recorded it, so it is never run.',
        }),
      data &&
        (data.against === null
          ? h(tab.Text, null, 'The version before is not there any more, or it is the first one.')
          : data.diff
            ? h(Lines, { text: data.diff })
            : h(tab.Text, null, 'Nothing is different from version ' + data.against + '.')),
    )
  }
})(window.bridgeTab)
