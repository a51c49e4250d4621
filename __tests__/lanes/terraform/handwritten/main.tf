# A configuration that no construct made: modules, data sources, count, for_each, locals and dynamic blocks.

terraform {
  required_providers {
    aws        = { source = "registry.terraform.io/hashicorp/aws", version = "6.25.0" }
    google     = { source = "registry.terraform.io/hashicorp/google", version = "6.50.0" }
    kubernetes = { source = "registry.terraform.io/hashicorp/kubernetes", version = "2.38.0" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

provider "google" {
  project = "books-dev"
}

provider "kubernetes" {
  config_path = "~/.kube/config"
}

variable "readers" {
  type    = map(list(string))
  default = { app = ["s3:GetObject"] }
}

variable "members" {
  type    = list(string)
  default = ["group:staff@example.com"]
}

variable "verbs" {
  type    = list(string)
  default = ["get", "list"]
}

variable "token" {
  type      = string
  default   = "hunter2hunter2"
  sensitive = true
}

locals {
  bucket = "books"
}

resource "aws_s3_bucket" "books" {
  bucket = local.bucket
}

module "reader" {
  source   = "./reader"
  for_each = var.readers

  name    = each.key
  actions = each.value
  bucket  = aws_s3_bucket.books.arn
}

resource "aws_lambda_function" "app" {
  function_name = "app"
  role          = module.reader["app"].role_arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "app.zip"

  environment {
    variables = { TOKEN = var.token }
  }
}

resource "google_service_account" "app" {
  account_id = "shop-app"
}

resource "google_project_iam_custom_role" "reader" {
  role_id     = "reader"
  title       = "Reader"
  permissions = ["storage.objects.get"]
}

resource "google_project_iam_member" "app" {
  project = "books-dev"
  role    = google_project_iam_custom_role.reader.id
  member  = "serviceAccount:${google_service_account.app.email}"

  condition {
    title      = "one bucket"
    expression = "resource.name.startsWith(\"projects/_/buckets/${local.bucket}\")"
  }
}

resource "google_service_account_iam_binding" "app" {
  service_account_id = google_service_account.app.name
  role               = "roles/iam.serviceAccountTokenCreator"
  members            = var.members
}

resource "kubernetes_cluster_role_v1" "reader" {
  metadata {
    name = "reader"
  }

  dynamic "rule" {
    for_each = toset(["pods", "services"])
    content {
      api_groups = [""]
      resources  = [rule.value]
      verbs      = var.verbs
    }
  }
}

resource "kubernetes_cluster_role_binding_v1" "reader" {
  metadata {
    name = "reader"
  }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = kubernetes_cluster_role_v1.reader.metadata[0].name
  }
  subject {
    api_group = "rbac.authorization.k8s.io"
    kind      = "Group"
    name      = "staff"
  }
}
