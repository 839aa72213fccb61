// The checklist in Svelte, its pages filled in by a template and written by markdown-it.

import { mount } from "svelte";
import { guide } from "../shared/pages.js";
import "../shared/style.css";
import Checklist from "./Checklist.svelte";

mount(Checklist, { target: document.getElementById("app"), props: await guide() });
