/*
 * The form for joining a group and for creating one: the server's questions, asked all at once. What the server refuses
 * is told at the field that it refused. Esc goes back to the menu.
 */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { strings } from '../strings.js';
import type { Chat } from './chat.js';

/** The form of option 1 (`join`) or 2 (`create`). */
export function GroupForm({ chat, option }: { readonly chat: Chat; readonly option: 'join' | 'create' }) {
  const { chat: words } = strings;
  const form = useRef<HTMLFormElement>(null);
  const isShown = useSignal(false);
  const { name, group } = chat.known.peek();
  const isJoin = option === 'join';
  const refusal = chat.refusal.value;
  const errorAt = (question: string) => (refusal?.question === question ? refusal.text : undefined);
  const isElsewhere = refusal && !['name', 'password', ...(isJoin ? ['group'] : [])].includes(refusal.question);

  // before the form is seen: whoever types at once types into it
  useLayoutEffect(() => {
    const fields = [...(form.current?.querySelectorAll('input') ?? [])];
    const refused = fields.find((field) => field.name === refusal?.question);
    (refused ?? fields.find((field) => field.value === '') ?? fields[0])?.focus();
    refused?.select();
  }, [refusal, option]);

  useLayoutEffect(() => {
    const typed = ({ key, isComposing, defaultPrevented }: KeyboardEvent) => {
      if (key === 'Escape' && !isComposing && !defaultPrevented) chat.open('menu');
    };
    document.addEventListener('keydown', typed);
    return () => document.removeEventListener('keydown', typed);
  }, [chat]);

  const submitted = (event: Event) => {
    event.preventDefault();
    const data = new FormData(form.current as HTMLFormElement);
    const said = (field: string) => String(data.get(field) ?? '');
    if (isJoin) void chat.join({ name: said('name'), group: said('group').trim().replace(/^#/, ''), password: said('password') });
    else void chat.create({ name: said('name'), password: said('password') });
  };
  return (
    <section class="card" aria-labelledby="form-title">
      <h2 id="form-title">{isJoin ? words.joinTitle : words.createTitle}</h2>
      <form class="form" ref={form} onSubmit={submitted} noValidate>
        <Field name="name" label={words.name} hint={words.nameHint} error={errorAt('name')} defaultValue={name} />
        {isJoin && (
          <Field
            name="group"
            label={words.group}
            hint={words.groupHint}
            error={errorAt('group')}
            defaultValue={group}
            inputMode="numeric"
          />
        )}
        <Field
          name="password"
          type={isShown.value ? 'text' : 'password'}
          label={isJoin ? words.password : words.newPassword}
          hint={isJoin ? undefined : words.newPasswordHint}
          error={errorAt('password')}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={isShown.value}
            onChange={() => {
              isShown.value = !isShown.value;
            }}
          />
          {words.showPassword}
        </label>
        {isElsewhere && <Notice kind="bad">{refusal.text}</Notice>}
        <div class="form-row">
          <Button type="submit" look="primary" disabled={chat.isAsking.value}>
            {chat.isAsking.value ? words.asking : isJoin ? words.connect : words.create}
          </Button>
          <Button onClick={() => chat.open('menu')}>{words.back}</Button>
        </div>
      </form>
    </section>
  );
}
