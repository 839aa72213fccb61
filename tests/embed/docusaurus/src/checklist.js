import "upgrade-checklist";
