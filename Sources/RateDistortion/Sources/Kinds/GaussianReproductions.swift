/// A source for which, of all reproductions with given second moments, a jointly Gaussian one has the least information about it, and the
/// least Wasserstein distance and divergence from it: a Gaussian scalar (`DeviationBudget`).
public protocol GaussianReproductions: InformationSource {}
