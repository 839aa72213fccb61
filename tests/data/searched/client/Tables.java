table.getViewDefinition(); // finds: api/view-definition
table.getSchemaDefinition();
new CreateClassification().withMutuallyExclusive(true);
classification.setMutuallyExclusive(false); // finds: classifications
