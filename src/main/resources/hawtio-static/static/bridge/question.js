/* An act: a button, the question who and why, and what became of it. */
;(function (tab) {
  'use strict'
  const { createElement: h, Fragment, useLayoutEffect, useRef, useState } = tab.lib.react
  const pf = tab.lib.core
  const NAME = 'bridge.who'

  /** The name that was given last, for the next question; empty if there is none. */
  tab.myName = () => localStorage.getItem(NAME) || ''
  tab.forgetName = () => localStorage.removeItem(NAME)

  /** What had the focus has gone: the keyboard goes on at the top of the page, not of the document. */
  const keepFocus = () =>
    setTimeout(() => {
      const heading = document.querySelector('.bridge-page h2')
      if (heading && document.activeElement === document.body) {
        heading.tabIndex = -1
        heading.focus({ preventScroll: true })
      }
    })

  /** A button as viewers see it: it cannot be pressed, and says why. */
  tab.ForOperators = ({ children }) =>
    tab.useMe().operator
      ? children
      : h(
          pf.Tooltip,
          { content: 'Only operators may act. You are logged in as a viewer.' },
          h('span', { tabIndex: 0 }, children),
        )

  /**
   * A button that asks before it acts. Viewers see it, and cannot press it.
   *
   * label, title, text: words; check(): what would be done, as text, before it can be confirmed;
   * act({who, why}): does it; its result is given to done; needsWhy: false for acts without a record;
   * fields: [{name, label, value, example, help, when}], where when(values) says whether to ask for it;
   * show(result): what to show afterwards, if it must be read
   */
  tab.Act = props => {
    const me = tab.useMe()
    const [asked, setAsked] = useState(false)
    const place = useRef(null)
    useLayoutEffect(
      () => () => {
        if (place.current && place.current.contains(document.activeElement)) {
          keepFocus()
        }
      },
      [],
    )
    const close = () => {
      setAsked(false)
      keepFocus()
    }
    const button = h(
      pf.Button,
      {
        variant: props.variant || 'secondary',
        size: 'sm',
        isDanger: props.isDanger && props.variant !== 'link' ? true : undefined,
        isDisabled: !me.operator || props.isDisabled,
        'aria-label': props.ariaLabel,
        ref: place,
        onClick: () => setAsked(true),
      },
      props.label,
    )
    return h(Fragment, null, h(tab.ForOperators, null, button), asked && h(Question, { ...props, close }))
  }

  function Question({ check, done, needsWhy = true, fields = [], isDanger, close, ...given }) {
    // The rows that it is about may change, or be chosen no more, while it is open.
    const [{ title, text, label, act, show }] = useState(given)
    const [values, setValues] = useState({
      who: tab.myName(),
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
              fields
                .filter(field => !field.when || field.when(values))
                .map(field => h(Field, { key: field.name, field, value: values[field.name], set })),
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
})(window.bridgeTab)
