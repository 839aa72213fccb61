// All that a site built by Vite needs.
import "upgrade-checklist";
