"""What an operator does with boto3. Takes a JSON object of names and ARNs, prints what came back as one JSON object."""

import datetime
import json
import sys
import time

import boto3
from botocore.exceptions import ClientError

given = json.loads(sys.argv[1])


def refusal(call):
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


def executions():
    states = boto3.client("stepfunctions")
    pages = states.get_paginator("get_execution_history").paginate(
        executionArn=given["executionArn"], PaginationConfig={"PageSize": 7}
    )
    events = [event for page in pages for event in page["events"]]
    listed = states.list_executions(stateMachineArn=given["machineArn"])["executions"]
    return {
        "listed": [[execution["name"], execution["status"]] for execution in listed],
        "input": json.loads(states.describe_execution(executionArn=given["executionArn"])["input"]),
        "ids": [event["id"] for event in events],
        "last": events[-1]["type"],
    }


def logs():
    client = boto3.client("logs")
    groups = client.describe_log_groups(logGroupNamePrefix="/aws/vendedlogs/states/")["logGroups"]
    name = next(group["logGroupName"] for group in groups if group["logGroupName"].endswith("-orders-saga"))
    pages = client.get_paginator("filter_log_events").paginate(
        logGroupName=name, filterPattern='{ $.type = "*StateEntered" }', PaginationConfig={"PageSize": 2}
    )
    entered = [json.loads(event["message"])["details"]["name"] for page in pages for event in page["events"]]
    query = client.start_query(
        logGroupName=name,
        startTime=0,
        endTime=int(time.time()) + 2,
        queryString="filter type like /StateEntered/ | stats count(*) as entered by bin(1h)",
    )
    found = client.get_query_results(queryId=query["queryId"])
    return {
        "entered": entered,
        "counted": sum(int(cell["value"]) for line in found["results"] for cell in line if cell["field"] == "entered"),
        "status": found["status"],
        "malformed": refusal(
            lambda: client.start_query(logGroupName=name, startTime=0, endTime=1, queryString="levitate")
        ),
    }


def parked():
    sqs = boto3.client("sqs")
    url = given["deadLetterQueueUrl"]
    received = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20, MessageAttributeNames=["All"])["Messages"]
    message = received[0]
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    sqs.send_message(QueueUrl=url, MessageBody=message["Body"].replace("unicorn", "lamp"))
    source = given["deadLetterQueueArn"]
    sqs.start_message_move_task(SourceArn=source, DestinationArn=given["queueArn"])
    end = time.time() + 20
    tasks = []
    while time.time() < end:
        tasks = sqs.list_message_move_tasks(SourceArn=source)["Results"]
        if tasks[0]["Status"] == "COMPLETED":
            break
    return {
        "count": len(received),
        "reason": message["MessageAttributes"]["reason"]["StringValue"],
        "tasks": [[task["Status"], task["ApproximateNumberOfMessagesMoved"]] for task in tasks],
    }


def cancelled():
    sqs = boto3.client("sqs")
    url = sqs.create_queue(QueueName="parked")["QueueUrl"]
    source = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": source, "maxReceiveCount": 3})
    sqs.create_queue(QueueName="source", Attributes={"RedrivePolicy": policy})
    entries = [{"Id": f"m-{index}", "MessageBody": str(index)} for index in range(10)]
    for _ in range(5):
        sqs.send_message_batch(QueueUrl=url, Entries=entries)
    handle = sqs.start_message_move_task(
        SourceArn=source, DestinationArn=source.replace("parked", "source"), MaxNumberOfMessagesPerSecond=1
    )["TaskHandle"]
    moved = sqs.cancel_message_move_task(TaskHandle=handle)["ApproximateNumberOfMessagesMoved"]
    status = sqs.list_message_move_tasks(SourceArn=source)["Results"][0]["Status"]
    return {"isPartial": moved < 50, "status": status}


def table():
    client = boto3.client("dynamodb")
    pages = client.get_paginator("scan").paginate(TableName=given["stockTable"], PaginationConfig={"PageSize": 1})
    pages = list(pages)
    items = boto3.resource("dynamodb").Table(given["stockTable"]).scan()["Items"]
    return {
        "pages": len(pages),
        "skus": sorted(item["sku"]["S"] for page in pages for item in page["Items"]),
        "resource": sorted([item["sku"], int(item["onHand"]) > 0] for item in items),
        "limit": client.describe_limits()["TableMaxReadCapacityUnits"],
        "backups": client.list_backups()["BackupSummaries"],
        "timeToLive": client.describe_time_to_live(TableName=given["stockTable"])["TimeToLiveDescription"],
        "partiQl": refusal(lambda: client.execute_statement(Statement="SELECT * FROM stock")),
    }


def events():
    entry = {
        "EventBusName": given["busName"],
        "Source": "test.shop",
        "DetailType": "OrderPlaced",
        "Detail": json.dumps({"orderId": "o-typed", "lines": [{"sku": "desk", "quantity": 1}]}),
    }
    return {"failed": boto3.client("events").put_events(Entries=[entry])["FailedEntryCount"]}


def metrics():
    client = boto3.client("cloudwatch")
    minute = datetime.datetime.now(datetime.timezone.utc).replace(second=0, microsecond=0)
    span = {"StartTime": minute - datetime.timedelta(minutes=10), "EndTime": minute + datetime.timedelta(minutes=10)}
    data = [{"MetricName": "Handled", "Value": value, "Unit": "Count", "Timestamp": minute} for value in (3, 5)]
    client.put_metric_data(Namespace="Desk", MetricData=data)
    stat = {"Metric": {"Namespace": "Desk", "MetricName": "Handled"}, "Period": 60, "Stat": "Sum"}
    result = client.get_metric_data(MetricDataQueries=[{"Id": "sum", "MetricStat": stat}], **span)
    statistics = client.get_metric_statistics(
        Namespace="Desk", MetricName="Handled", Period=60, Statistics=["Average"], **span
    )
    return {
        "sum": result["MetricDataResults"][0]["Values"],
        "average": [point["Average"] for point in statistics["Datapoints"]],
        "isOnTime": statistics["Datapoints"][0]["Timestamp"] == minute,
    }


def permissions():
    iam = boto3.client("iam")
    roles = [role for page in iam.get_paginator("list_roles").paginate() for role in page["Roles"]]
    role = next(role["Arn"] for role in roles if "ApiGetOrder" in role["RoleName"])
    simulated = iam.simulate_principal_policy(
        PolicySourceArn=role,
        ActionNames=["dynamodb:GetItem", "dynamodb:DeleteTable"],
        ResourceArns=[given["ordersTableArn"]],
    )
    sts = boto3.client("sts")
    keys = sts.get_session_token()["Credentials"]
    session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
    return {
        "decisions": [result["EvalDecision"] for result in simulated["EvaluationResults"]],
        "arn": session.client("sts").get_caller_identity()["Arn"],
        "assume": refusal(lambda: sts.assume_role(RoleArn=role, RoleSessionName="me")),
    }


def objects():
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="tool-bucket")
    s3.put_object(Bucket="tool-bucket", Key="a b/ü.txt", Body=b"content")
    owner = s3.get_bucket_acl(Bucket="tool-bucket")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket="tool-bucket")
    keys = [item["Key"] for page in pages for item in page["Contents"]]
    body = s3.get_object(Bucket="tool-bucket", Key="a b/ü.txt")["Body"].read().decode()
    boto3.resource("s3").Bucket("tool-bucket").objects.all().delete()
    s3.delete_bucket(Bucket="tool-bucket")
    return {
        "keys": keys,
        "body": body,
        "isOwners": owner["Grants"][0]["Grantee"] == {"ID": owner["Owner"]["ID"], "Type": "CanonicalUser"},
        "gone": refusal(lambda: s3.head_bucket(Bucket="tool-bucket")),
    }


def mail():
    ses = boto3.client("sesv2")
    ses.create_email_identity(EmailIdentity="desk@example.com")
    identities = ses.list_email_identities(PageSize=100)["EmailIdentities"]
    return {
        "identities": [identity["IdentityName"] for identity in identities],
        "sets": len(ses.list_configuration_sets()["ConfigurationSets"]),
    }


STEPS = (executions, logs, parked, cancelled, table, events, metrics, permissions, objects, mail)
print(json.dumps({step.__name__: step() for step in STEPS}))
