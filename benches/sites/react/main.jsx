// The checklist in React, its page read by Markdoc.

import Markdoc from "@markdoc/markdoc";
import * as React from "react";
import { memo, useCallback, useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { guide, pages } from "../shared/pages.js";
import { figures, load, save } from "../shared/run.js";
import "../shared/style.css";
import { build, read } from "./markdoc.js";

function Snippet({ language, title, children }) {
  const [copied, setCopied] = useState(false);
  const code = React.Children.toArray(children).join("");
  const copy = async () => {
    await navigator.clipboard.writeText(code);
    setCopied(true);
  };
  return (
    <figure className="snippet">
      <figcaption>
        <span>{title ?? language}</span>
        <button type="button" onClick={copy}>{copied ? "Copied" : "Copy"}</button>
      </figcaption>
      <pre><code data-language={language}>{code}</code></pre>
    </figure>
  );
}

const components = {
  Snippet,
  Note: ({ children }) => <div className="note">{children}</div>,
  Verify: ({ children }) => <div className="verify">{children}</div>,
  Undo: ({ children }) => <div className="undo">{children}</div>,
  Added: ({ reason, sources }) => (
    <p><em>Added: {reason}</em> {sources.map((source) => <a key={source} href={source}>{source}</a>)}</p>
  ),
};

const draw = (content) => Markdoc.renderers.react(content, React, { components });

const Step = memo(function Step({ step, isDone, onTick }) {
  const body = useMemo(() => draw(step.body), [step]);
  return (
    <article className="step" data-step={step.id} data-state={isDone ? "done" : "todo"}>
      <h3>
        <label>
          <input type="checkbox" checked={isDone} onChange={() => onTick(step.id)} /> {draw(step.title)}
        </label>
      </h3>
      {body}
    </article>
  );
});

const Phase = memo(function Phase({ phase, done, filter, onTick }) {
  const intro = useMemo(() => draw(phase.intro), [phase]);
  const shown = phase.steps.filter((step) => step.words.toLowerCase().includes(filter));
  return (
    <section>
      <h2>{phase.title}</h2>
      {intro}
      {shown.map((step) => <Step key={step.id} step={step} isDone={Boolean(done[step.id])} onTick={onTick} />)}
    </section>
  );
});

function Input({ input, answer, onAnswer }) {
  if (!input.options) {
    return (
      <label>
        {input.label}
        <input value={answer ?? ""} placeholder={input.default} onChange={(event) => onAnswer(input.name, event.target.value)} />
      </label>
    );
  }
  const chosen = answer ?? input.options[0].value;
  return (
    <fieldset data-input={input.name}>
      <legend>{input.label}</legend>
      {input.options.map(({ value, label }) => (
        <label key={value}>
          <input type="radio" name={input.name} value={value} checked={value === chosen} onChange={() => onAnswer(input.name, value)} /> {label}
        </label>
      ))}
    </fieldset>
  );
}

function Checklist({ title, body }) {
  const [{ answers, done }, setRun] = useState(() => load(title));
  const [filter, setFilter] = useState("");
  const source = useMemo(() => read(body, pages), [body]);
  const { phases, inputs } = useMemo(() => build(source, answers), [source, answers]);
  const steps = useMemo(() => phases.flatMap((phase) => phase.steps), [phases]);
  useEffect(() => save(title, answers, done), [title, answers, done]);

  const tick = useCallback((id) => {
    setRun(({ answers, done }) => ({ answers, done: { ...done, [id]: !done[id] } }));
  }, []);
  const answer = useCallback((name, value) => {
    setRun(({ answers, done }) => ({ answers: { ...answers, [name]: value }, done }));
  }, []);
  const { percent, words } = figures(steps, done);
  const field = (input) => <Input key={input.name} input={input} answer={answers[input.name]} onAnswer={answer} />;
  return (
    <>
      <h1>{title}</h1>
      <div className="progress">
        <progress max="100" value={percent} />
        <p aria-live="polite">{words}</p>
        <input type="search" aria-label="Filter" onChange={(event) => setFilter(event.target.value.toLowerCase())} />
      </div>
      {inputs.filter((input) => input.options).map(field)}
      <div className="values">{inputs.filter((input) => !input.options).map(field)}</div>
      {phases.map((phase) => <Phase key={phase.title} phase={phase} done={done} filter={filter} onTick={tick} />)}
    </>
  );
}

const { title, body } = await guide();
createRoot(document.getElementById("app")).render(<Checklist title={title} body={body} />);
