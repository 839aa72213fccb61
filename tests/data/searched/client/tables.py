ddl = table.viewDefinition  # finds: api/view-definition
view_definition = ddl  # finds: api/view-definition
body = {"viewDefinition": "SELECT 1"}  # finds: api/view-definition
ddl = table.schemaDefinition
old_view_definitions = []
tests = table.testSuite.tests  # finds: test-suites
suite = table.testSuite.executableTestSuite  # finds: test-suites
name = table.testSuite.fullyQualifiedName
suite = table.test_suite.summary  # finds: test-suites
table.testSuite.testsOfMine
click("View Definition")  # finds: ui/view-definition
click("view  definition")
classification.mutuallyExclusive = True  # finds: classifications
model = DataModelType.QlikSenseDataModel  # finds: names-in-the-sdk
model = DataModelType.QlikDataModel
alert = SubscriptionType.Generic  # finds: names-in-the-sdk
partition = {"intervalType": "TIME-UNIT"}  # finds: names-in-the-sdk
certificate = config.certificatePath  # finds: tls-of-connections
