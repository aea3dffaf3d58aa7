"""客户分级: how customers are graded. A policy is data; a grade explains itself."""
