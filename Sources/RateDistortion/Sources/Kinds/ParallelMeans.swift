/// A source for which at all rates R and R' there are channels from X to U and from a Y of X's law to the same U that are optimal for squared error
/// at R and R', with parallel conditional means E[X | U] and E[Y | U] of constant lengths.
///
/// - Gaussian: U Gaussian, both means are multiples of it. E|x|^2 = v (1 - 4^-R), and E<x, y> is the product of both lengths.
/// - Circle and sphere: U uniform on it, X and Y given U of von Mises-Fisher laws about U (<doc:ClosedForms>, section 2); the means are
///   multiples of U.
public protocol ParallelMeans: InformationSource {}
