"""A knowledge must be able to answer before it may: whatever breaks an answer is a problem of a file."""

KTP, KIA = "dukcapil/ktp-hilang.yaml", "dukcapil/kia.yaml"
