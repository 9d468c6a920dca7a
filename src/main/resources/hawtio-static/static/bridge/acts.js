/* Acts: a button, the question who and why, and what became of it. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment, useState } = tab.lib.react
  const pf = tab.lib.core
  const NAME = 'bridge.who'

  /**
   * A button that asks before it acts. Viewers see it, and cannot press it.
   *
   * label, title, text: words; check(): what would be done, as text, before it can be confirmed;
   * act({who, why}): does it; its result is given to done; needsWhy: false for acts without a record;
   * fields: [{name, label, value, example, help}]; show(result): what to show afterwards, if it must be read
   */
  tab.Act = props => {
    const me = tab.useMe()
    const [asked, setAsked] = useState(false)
    const button = h(
      pf.Button,
      {
        variant: props.variant || 'secondary',
        size: 'sm',
        isDanger: props.isDanger && props.variant !== 'link' ? true : undefined,
        isDisabled: !me.operator || props.isDisabled,
        'aria-label': props.ariaLabel,
        onClick: () => setAsked(true),
      },
      props.label,
    )
    return h(
      Fragment,
      null,
      me.operator
        ? button
        : h(
            pf.Tooltip,
            { content: 'Only operators may act. You are logged in as a viewer.' },
            h('span', { tabIndex: 0 }, button),
          ),
      asked && h(Question, { ...props, close: () => setAsked(false) }),
    )
  }

  function Question({
    title,
    text,
    label,
    check,
    act,
    done,
    needsWhy = true,
    fields = [],
    show,
    isDanger,
    close,
  }) {
    const [values, setValues] = useState({
      who: localStorage.getItem(NAME) || '',
      why: '',
      ...Object.fromEntries(fields.map(f => [f.name, f.value || ''])),
    })
    const [state, setState] = useState({ step: check ? 'unchecked' : 'ready' })
    const set = (name, value) => {
      setValues({ ...values, [name]: value })
      if (check && fields.some(field => field.name === name)) {
        setState({ step: 'unchecked' })
      }
    }
    const attempt = async (work, next) => {
      setState({ ...state, busy: true, error: null })
      try {
        next(await work())
      } catch (error) {
        setState({ ...state, busy: false, error })
      }
    }
    const look = () =>
      attempt(
        () => check(values),
        found => setState({ step: 'ready', found }),
      )
    const go = () =>
      attempt(
        async () => {
          localStorage.setItem(NAME, values.who)
          return act(values)
        },
        result => {
          done && done(result)
          show ? setState({ step: 'done', result }) : close()
        },
      )
    const ready = !needsWhy || values.why.trim() !== ''
    return h(
      pf.Modal,
      { variant: 'small', isOpen: true, onClose: close, 'aria-label': title },
      h(pf.ModalHeader, { title }),
      h(
        pf.ModalBody,
        null,
        state.error && h(tab.Failure, { error: state.error }),
        state.step === 'done'
          ? show(state.result)
          : h(
              pf.Form,
              {
                onSubmit: event => {
                  event.preventDefault()
                  state.step === 'unchecked' ? look() : ready && go()
                },
              },
              text && h('p', null, text),
              fields.map(field => h(Field, { key: field.name, field, value: values[field.name], set })),
              state.found &&
                h(pf.Alert, { variant: 'info', isInline: true, title: state.found, component: 'p' }),
              needsWhy &&
                state.step === 'ready' &&
                h(
                  Fragment,
                  null,
                  h(Field, {
                    field: { name: 'why', label: 'Why', help: 'Kept in the record.', isRequired: true },
                    value: values.why,
                    set,
                  }),
                  h(Field, {
                    field: { name: 'who', label: 'Your name', help: 'Kept beside the name of your login.' },
                    value: values.who,
                    set,
                  }),
                ),
              h('button', { type: 'submit', hidden: true }),
            ),
      ),
      h(
        pf.ModalFooter,
        null,
        state.step === 'done'
          ? h(pf.Button, { onClick: close }, 'Close')
          : h(
              Fragment,
              null,
              state.step === 'unchecked'
                ? h(
                    pf.Button,
                    { onClick: look, isLoading: state.busy, isDisabled: state.busy },
                    'Count first',
                  )
                : h(
                    pf.Button,
                    {
                      variant: isDanger ? 'danger' : 'primary',
                      onClick: go,
                      isLoading: state.busy,
                      isDisabled: state.busy || !ready,
                    },
                    label,
                  ),
              h(pf.Button, { variant: 'link', onClick: close }, 'Keep as it is'),
            ),
      ),
    )
  }

  function Field({ field, value, set }) {
    const id = 'act-' + field.name
    return h(
      pf.FormGroup,
      { label: field.label, fieldId: id, isRequired: field.isRequired },
      field.choices
        ? h(
            pf.FormSelect,
            { id, value, onChange: (event, next) => set(field.name, next) },
            field.choices.map(([choice, word]) =>
              h(pf.FormSelectOption, { key: choice, value: choice, label: word }),
            ),
          )
        : h(pf.TextInput, {
            id,
            type: field.type || 'text',
            value,
            placeholder: field.example,
            isRequired: field.isRequired,
            onChange: (event, next) => set(field.name, next),
            maxLength: 2000,
          }),
      field.help &&
        h(pf.FormHelperText, null, h(pf.HelperText, null, h(pf.HelperTextItem, null, field.help))),
    )
  }

  /** Posts who and why, and what else the act needs. */
  tab.post =
    (path, more) =>
    ({ who, why }) =>
      tab.call('POST', path, { who: who || null, why, ...more })

  /** Pause or resume Odoo or a subscriber. */
  tab.PauseOrResume = ({ target, name, state, done }) =>
    state === 'running'
      ? h(tab.Act, {
          label: name === 'Odoo' ? 'Pause Odoo' : 'Pause',
          ariaLabel: 'Pause ' + name,
          title: 'Pause ' + name + '?',
          text:
            'Nothing is sent to ' +
            name +
            ' until somebody resumes it. What is queued, and what comes, waits.',
          act: tab.post('/bridge/targets/' + encodeURIComponent(target) + '/pause'),
          done,
        })
      : h(tab.Act, {
          label: name === 'Odoo' ? 'Resume Odoo' : 'Resume',
          ariaLabel: 'Resume ' + name,
          variant: 'primary',
          title: 'Resume ' + name + '?',
          text: 'What waits is sent now, in order for each record.',
          act: tab.post('/bridge/targets/' + encodeURIComponent(target) + '/resume'),
          done,
        })

  /** One act for each of several rows, one after the other. */
  tab.each = async (rows, work) => {
    const failed = []
    for (const row of rows) {
      try {
        await work(row)
      } catch (error) {
        failed.push(row.id + ': ' + error.message)
      }
    }
    return { done: rows.length - failed.length, failed }
  }

  tab.EachResult = ({ result, verb }) =>
    h(
      Fragment,
      null,
      h('p', null, tab.number(result.done) + ' ' + verb + '.'),
      result.failed.length > 0 &&
        h(
          pf.Alert,
          {
            variant: 'warning',
            isInline: true,
            component: 'p',
            title: tab.number(result.failed.length) + ' could not be:',
          },
          h(
            'ul',
            null,
            result.failed.map(text => h('li', { key: text }, text)),
          ),
        ),
    )
})(window.bridgeTab)
