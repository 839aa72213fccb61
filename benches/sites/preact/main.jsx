// The checklist in Preact, its pages filled in by a template and written by marked.

import { Marked } from "marked";
import { Component, render } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { copy, snippet } from "../shared/escape.js";
import { guide, pages } from "../shared/pages.js";
import { figures, load, save } from "../shared/run.js";
import { phasesOf } from "../shared/steps.js";
import "../shared/style.css";
import { fill } from "../shared/template.js";

const marked = new Marked({ renderer: { code: ({ text, lang = "" }) => snippet(lang, text) } });

/** Markdown as HTML. It is our own, and may hold HTML. */
const html = (markdown) => ({ __html: marked.parse(markdown) });
const inline = (markdown) => ({ __html: marked.parseInline(markdown) });

class Step extends Component {
  shouldComponentUpdate({ step, isDone }) {
    return step !== this.props.step || isDone !== this.props.isDone;
  }

  render({ step, isDone, onTick }) {
    if (this.drawn !== step) {
      this.drawn = step;
      this.title = inline(step.title);
      this.body = html(step.body);
    }
    return (
      <article class="step" data-step={step.id} data-state={isDone ? "done" : "todo"}>
        <h3>
          <label>
            <input type="checkbox" checked={isDone} onChange={() => onTick(step.id)} /> <span dangerouslySetInnerHTML={this.title} />
          </label>
        </h3>
        <div dangerouslySetInnerHTML={this.body} />
      </article>
    );
  }
}

function Phase({ phase, done, filter, onTick }) {
  const intro = useMemo(() => html(phase.intro), [phase]);
  const shown = phase.steps.filter((step) => step.title.toLowerCase().includes(filter));
  return (
    <section>
      <h2>{phase.title}</h2>
      <div dangerouslySetInnerHTML={intro} />
      {shown.map((step) => <Step key={step.id} step={step} isDone={Boolean(done[step.id])} onTick={onTick} />)}
    </section>
  );
}

function Input({ input, answer, onAnswer }) {
  if (!input.options) {
    return (
      <label>
        {input.label}
        <input value={answer ?? ""} placeholder={input.default} onInput={(event) => onAnswer(input.name, event.target.value)} />
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
  const { phases, inputs } = useMemo(() => {
    const { markdown, inputs } = fill(body, pages, answers);
    return { phases: phasesOf(markdown), inputs };
  }, [body, answers]);
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
    <div onClick={copy}>
      <h1>{title}</h1>
      <div class="progress">
        <progress max="100" value={percent} />
        <p aria-live="polite">{words}</p>
        <input type="search" aria-label="Filter" onInput={(event) => setFilter(event.target.value.toLowerCase())} />
      </div>
      {inputs.filter((input) => input.options).map(field)}
      <div class="values">{inputs.filter((input) => !input.options).map(field)}</div>
      {phases.map((phase) => <Phase key={phase.title} phase={phase} done={done} filter={filter} onTick={tick} />)}
    </div>
  );
}

const { title, body } = await guide();
render(<Checklist title={title} body={body} />, document.getElementById("app"));
