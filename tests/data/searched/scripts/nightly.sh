# Each line that a search of the guide must find ends in the end of that step's id.
metadata backup -u me -H localhost -d openmetadata_db # finds: metadata-backup-restore
python -m metadata restore --input dump.sql # finds: metadata-backup-restore
  metadata	backup # finds: metadata-backup-restore
"$VENV/bin/metadata" backup # finds: metadata-backup-restore
echo "the metadata backups are kept for a week"
metadata ingest -c workflow.yaml
metadata docker --start # finds: metadata-docker-cli
metadata docker -db postgres --start # finds: metadata-docker-cli
metadata dockerfile
docker compose up --detach
./bootstrap/bootstrap_storage.sh migrate-all # finds: bootstrap_storage.sh
sh "$HOME/openmetadata/bootstrap/bootstrap_storage.sh" repair # finds: bootstrap_storage.sh
./bootstrap/openmetadata-ops.sh migrate
./bootstrap_storage_sh
curl -X PUT "$API/v1/tables/name/sample_data.shop.orders/import?dryRun=false" -d @orders.csv # finds: bulk-import
curl -X PUT "$API/v1/glossaries/name/Terms/import" -d @terms.csv # finds: bulk-import
curl "$API/v1/glossaries/name/Terms/export"
curl "$API/v1/glossaries/name/Terms/importAsync"
from my.name import something
